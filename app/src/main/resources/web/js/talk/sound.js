import { keepAwake, openAudioContext } from "../audio/audio-context.js";
import { Microphone } from "../audio/microphone.js";
import { Speaker } from "../audio/speaker.js";

/**
 * The audio of one conversation: a context, a loudspeaker and, if the user allows it, a microphone.
 * `begin` must run inside the click that starts the conversation.
 */
export class Sound {
  #context;
  #sleepless;
  #opening;
  #speaker;
  #microphone;
  #closed = false;

  static begin({ record, recorder, onReport }) {
    const sound = new Sound();
    sound.#context = openAudioContext();
    sound.#sleepless = keepAwake(sound.#context);
    recorder.rate = sound.#context.sampleRate;
    const onRecorded = (block) => recorder.add(block);
    sound.#opening = Speaker.open(sound.#context, { record, onReport, onRecorded }).then((speaker) => {
      sound.#speaker = speaker;
    });
    sound.#opening.catch(() => {});
    return sound;
  }

  /** Resolves when the loudspeaker is ready. */
  get opened() {
    return this.#opening;
  }

  /** Takes a microphone, in the place of the one it had. */
  async attach(stream, handlers) {
    const microphone = await Microphone.open(this.#context, stream, handlers);
    // Stop may have been pressed meanwhile; the microphone would stay on.
    if (this.#closed) return microphone.close();
    this.#microphone?.close();
    this.#microphone = microphone;
  }

  /** The state for SoundWatch. */
  get vitals() {
    return { context: this.#context.state, time: this.#context.currentTime, microphone: this.#microphone?.vitals };
  }

  /** Turns the sound on; call it inside the user's gesture. Resolves, after some milliseconds at most, to whether it is on. */
  async wake(milliseconds) {
    const late = new Promise((resolve) => setTimeout(resolve, milliseconds));
    await Promise.race([this.#context.resume().catch(() => {}), late]);
    return this.#context.state === "running";
  }

  get hasMicrophone() {
    return this.#microphone !== undefined;
  }

  set silent(silent) {
    if (this.#microphone) this.#microphone.silent = silent;
  }

  /** Returns whether audio is still waiting for the loudspeaker; the argument is the number of pieces in its last report. Ignores a suspended context. */
  aheadOf(taken) {
    return this.#context.state === "running" && (this.#speaker?.aheadOf(taken) ?? false);
  }

  play(content) {
    this.#speaker?.play(content);
  }

  end() {
    this.#speaker?.end();
  }

  flush() {
    this.#speaker?.flush();
  }

  suit(transport) {
    this.#speaker?.suit(transport);
  }

  close() {
    this.#closed = true;
    this.#sleepless();
    this.#microphone?.close();
    this.#speaker?.close();
    this.#context.close().catch(() => {});
  }
}
