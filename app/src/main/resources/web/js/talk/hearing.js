import { LevelWatch } from "../audio/level-watch.js";
import { SilenceFiller } from "../audio/silence-filler.js";
import { SoundWatch } from "../audio/sound-watch.js";
import { isLive } from "./phase.js";

const LOOK_EVERY = 250;
const WAKE_WAIT = 1_500;
const FRAME_BYTES = 1024;

/** The faults of the sound, each with the name of the button that mends it. */
export const CONDITIONS = {
  asleep: { title: "Paused", hint: "The browser has stopped the sound of this page.", mend: "Turn the sound on" },
  unplugged: { title: "Not hearing you", hint: "The microphone was disconnected.", mend: "Use the microphone again" },
  withheld: { title: "Not hearing you", hint: "Your browser or system has muted the microphone.", mend: "Use the microphone again" },
  dead: { title: "Not hearing you", hint: "The microphone delivers no sound.", mend: "Use the microphone again" },
};

const LEVELS = {
  clipped: "Your microphone is too loud. Turn its level down, or move away a little.",
  quiet: "Your microphone is very quiet. Turn its level up, or move nearer to it.",
};

/**
 * Notices, while a conversation is open, that its sound or its microphone does not work, and mends it on request. Sends silence for a
 * microphone that delivers nothing, so that the user's turn can end. Tells the page `onChange()` when `condition` changes, and
 * `onNotice(text, kind)` of a clipped or too quiet microphone, once for each conversation.
 */
export class Hearing {
  #talk;
  #watch = new SoundWatch();
  #filler = new SilenceFiller();
  #levels = new LevelWatch();
  #timer;
  #clock;
  #mending = false;

  /** One of CONDITIONS, or undefined if the sound works. */
  condition;

  constructor(conversation, clock = () => performance.now()) {
    this.#talk = conversation;
    this.#clock = clock;
  }

  begin() {
    this.#watch.renewed();
    this.#levels = new LevelWatch();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.look(), LOOK_EVERY);
  }

  end() {
    clearInterval(this.#timer);
    this.#show(undefined);
  }

  /** Looks at the sound now. A microphone that the user muted is not judged. */
  look() {
    const { sound, phase, voice, place } = this.#talk;
    if (!sound || !isLive(phase)) {
      this.#filler.reset();
      return this.#show(undefined);
    }
    const now = this.#clock();
    const { microphone, ...rest } = sound.vitals;
    if (microphone && place === 0) this.#fill(this.#filler.look(now, microphone.frames));
    else this.#filler.reset();
    this.#show(this.#watch.look(now, voice.muted ? rest : { ...rest, microphone }));
  }

  /**
   * Sound is not judged while the assistant speaks: it may come from the loudspeaker.
   * @param {ArrayBuffer} pcm of a frame  @param {number} full the share of its samples at full scale, as recorded
   */
  heard(pcm, full) {
    const { phase, voice } = this.#talk;
    if (isLive(phase) && phase !== "speaking" && !voice.sounding) this.#tell(this.#levels.frame(new Int16Array(pcm), full));
  }

  /** The server has recognised words of the user. */
  recognised() {
    this.#tell(this.#levels.recognised());
  }

  /** Does what the button of the condition says; call it inside the user's gesture. */
  async mend() {
    if (this.#mending || !this.condition) return;
    this.#mending = true;
    try {
      await (this.condition === "asleep" ? this.#wake() : this.#askAgain());
    } catch ({ message }) {
      this.#talk.page.onNotice(message, "error");
    } finally {
      this.#mending = false;
    }
    this.look();
  }

  #fill(missing) {
    for (let i = 0; i < missing; i++) this.#talk.voice.line.heard(new ArrayBuffer(FRAME_BYTES), 0, true);
  }

  async #wake() {
    const { sound } = this.#talk;
    if (!(await sound.wake(WAKE_WAIT)) && sound === this.#talk.sound) await this.#talk.renewSound();
  }

  async #askAgain() {
    if (await this.#talk.voice.openMicrophone(this.#talk.sound)) this.#watch.renewed();
  }

  #show(condition) {
    if (condition === this.condition) return;
    this.condition = condition;
    this.#talk.page.onChange();
  }

  #tell(level) {
    if (level) this.#talk.page.onNotice(LEVELS[level], "warning");
  }
}
