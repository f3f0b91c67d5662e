import { askForMicrophone, microphoneProblem } from "../audio/microphone.js";
import { meterLevel } from "../audio/pcm.js";
import { isLive } from "./phase.js";
import { LOST, SpeechLine } from "./speech-line.js";

const RECORDING = new URLSearchParams(globalThis.location?.search).has("record");
/** The silence after which a reply counts as complete; shorter pauses occur between sentences. */
const QUIET_AFTER_REPLY = 200;
const QUIET_IN_REPLY = 1_200;

/** The audio side of a conversation: sends frames to the server, levels to the page, and the playing state to the phase. */
export class Voice {
  #talk;
  #page;
  #recorder;
  #quietSince;
  #levels = { microphone: 0, speaker: 0 };
  #halfDuplex = false;

  muted = false;
  /** The way of the microphone's frames to the server. */
  line;
  /** The last report of the playback worklet: playing, bufferedMs, cushionMs, underruns, taken. */
  playback = {};

  constructor(conversation, connection, page, recorder) {
    this.#talk = conversation;
    this.#page = page;
    this.#recorder = recorder;
    this.line = new SpeechLine(connection, { onChange: () => page.onChange(), onLost: () => page.onNotice(LOST, "warning") });
  }

  get speakerHandlers() {
    return { record: RECORDING, recorder: this.#recorder, onReport: (report) => this.#played(report) };
  }

  get hasMicrophone() {
    return this.#talk.sound?.hasMicrophone ?? false;
  }

  /** Returns whether audio is playing or about to play. */
  get sounding() {
    const { playing = false, bufferedMs = 0, taken = 0 } = this.playback;
    return playing || bufferedMs > 0 || (this.#talk.sound?.aheadOf(taken) ?? false);
  }

  get droppedFrames() {
    return this.line.dropped;
  }

  get halfDuplex() {
    return this.#halfDuplex;
  }

  /** @returns {Promise<boolean>} whether there is a microphone; if not, the page was notified of the reason */
  async openMicrophone(sound) {
    this.#page.onNotice("");
    try {
      const stream = await askForMicrophone();
      if (sound !== this.#talk.sound) {
        for (const track of stream.getTracks()) track.stop();
        return false;
      }
      await sound.attach(stream, {
        onFrame: (pcm, rms, { full }) => {
          this.#talk.hearing.heard(pcm, full);
          this.#heard(pcm, rms);
        },
      });
      this.applySilence();
      return true;
    } catch (problem) {
      // The conversation ended meanwhile, and the user has seen the reason.
      if (sound !== this.#talk.sound) return false;
      const { message } = problem.kind ? problem : microphoneProblem("unknown");
      this.#page.onNotice(message, "warning");
      return false;
    }
  }

  mute(muted) {
    this.muted = muted;
    this.applySilence();
    this.#page.onChange();
  }

  /** For loudspeakers without echo cancellation: do not listen while the assistant speaks. */
  useHalfDuplex(on) {
    this.#halfDuplex = on;
    this.applySilence();
  }

  /** A muted microphone sends silence: a model with this contract ends the stream if no audio arrives. */
  applySilence() {
    if (this.#talk.sound) this.#talk.sound.silent = this.muted || (this.#halfDuplex && this.#talk.phase === "speaking");
  }

  reset() {
    this.line.clear();
    this.playback = {};
    this.#levels = { microphone: 0, speaker: 0 };
    this.#page.onLevels(0, 0);
  }

  #heard(pcm, rms) {
    this.#levels.microphone = meterLevel(rms);
    this.#tellLevels();
    // In line for a conversation nobody listens yet.
    this.line.heard(pcm, rms, isLive(this.#talk.phase) && this.#talk.place === 0);
  }

  #played(report) {
    const began = report.playing && !this.playback.playing;
    this.playback = report;
    this.#levels.speaker = meterLevel(report.rms);
    this.#tellLevels();
    if (report.playing) this.#quietSince = undefined;
    if (began) this.#talk.step("playing");
    if (!report.playing && this.#talk.phase === "speaking") this.#maybeSilent();
  }

  #maybeSilent() {
    const now = performance.now();
    this.#quietSince ??= now;
    if (now - this.#quietSince < (this.#talk.answers.replyOver ? QUIET_AFTER_REPLY : QUIET_IN_REPLY)) return;
    this.#quietSince = undefined;
    this.#talk.step("silent");
  }

  #tellLevels() {
    this.#page.onLevels(this.#levels.microphone, this.#levels.speaker);
  }
}
