import { Connection } from "../net/connection.js";
import { Answers } from "./answers.js";
import { Comeback } from "./comeback.js";
import { Hearing } from "./hearing.js";
import { isActive, isLive, next } from "./phase.js";
import { Session } from "./session.js";
import { Sound } from "./sound.js";
import { Voice } from "./voice.js";
import * as Transcript from "./transcript.js";

const MOST_UNSENT_TEXTS = 5;

/**
 * The user's conversations, each from Talk to Stop. Combines connection, session and sound, and notifies
 * the page: `onChange()`, `onLevels(microphone, speaker)`, `onNotice(text, kind)`, `onVoice(voiceId)`.
 */
export class Conversation {
  #page;
  #connection;
  #session;
  #voice;
  #answers = new Answers(this);
  #sound;
  #comeback = new Comeback();
  #hearing = new Hearing(this);
  /** Counts starts, and openings of a session within them, so that late responses of an old one are ignored. */
  #run = 0;
  #opening = 0;
  #choices = {};
  #unsent = [];
  #patient = false;
  /** The position in the line when the connection was lost, in case that the conversation is resumed. */
  #placeBefore = 0;

  phase = "idle";
  transcript = Transcript.EMPTY;
  retry = null;
  /** The position in the line for a conversation; 0 if the user does not wait. */
  place = 0;

  constructor(page, recorder) {
    this.#page = page;
    this.#connection = new Connection({
      onConnect: () => this.#open(),
      onEvent: (name, value) => this.#receive(name, value),
      onDisconnect: () => this.#lost(),
      onRetry: (attempt, of) => this.#change({ retry: { attempt, of } }),
      onGiveUp: (message) => this.#end(this.#withLoss(message), { forGood: false }),
      onTransport: () => this.#transportChanged(),
    });
    this.#session = new Session(this.#connection, () => this.#stillLoading());
    this.#voice = new Voice(this, this.#connection, page, recorder);
  }

  get page() {
    return this.#page;
  }

  get connection() {
    return this.#connection;
  }

  get answers() {
    return this.#answers;
  }

  get voice() {
    return this.#voice;
  }

  get hearing() {
    return this.#hearing;
  }

  /** Returns whether a conversation that started before the page was loaded may still be open in this tab. */
  get mayGoOn() {
    return this.phase === "idle" && this.#comeback.possible;
  }

  /** Starts a conversation; call it inside the user's gesture. `choices`: `persona`, `speaker` (its name), `voiceId`, `prompt`, `microphone` (false: typed only). */
  async start(choices) {
    if (this.phase !== "idle") return;
    const run = ++this.#run;
    this.#choices = choices;
    this.#page.onNotice("");
    this.update((t) => Transcript.spokenBy(t, choices.speaker));
    this.step("start");
    try {
      this.#sound = Sound.begin(this.#voice.speakerHandlers);
      this.#hearing.begin();
      const microphone = choices.microphone && this.#voice.openMicrophone(this.#sound);
      await Promise.all([microphone, this.#sound.opened]);
      if (run === this.#run) await this.#connection.join();
    } catch (error) {
      if (run === this.#run) this.#end(error.message);
    }
  }

  /** Adds a microphone to a typed conversation; call it inside the user's gesture. */
  async addMicrophone() {
    const sound = this.#sound;
    if (!isLive(this.phase) || !(await this.#voice.openMicrophone(sound))) return;
    if (sound !== this.#sound || !isLive(this.phase)) return;
    await this.#session.openAudio();
    this.#page.onChange();
  }

  /** Replaces a sound that cannot be woken, and goes on with the conversation; call it inside the user's gesture. */
  async renewSound() {
    const microphone = this.#voice.hasMicrophone;
    this.#sound.close();
    const sound = (this.#sound = Sound.begin(this.#voice.speakerHandlers));
    try {
      await sound.opened;
    } catch (error) {
      if (sound === this.#sound) throw error;
    }
    // The conversation ended meanwhile.
    if (sound !== this.#sound) return;
    sound.suit(this.#connection.transport);
    if (microphone) await this.#voice.openMicrophone(sound);
    this.#page.onChange();
  }

  async stop() {
    if (!isActive(this.phase)) return;
    const run = this.#run;
    this.step("stop");
    this.#sound?.flush();
    await this.#session.close();
    if (run === this.#run) this.#end("");
  }

  /** The page is closed. It may be reloaded, or restored from the browser's cache: the server waits for it for some time. */
  abort() {
    if (this.phase === "idle") return;
    this.#connection.cut();
    this.#end("", { forGood: false });
  }

  /** Sends typed text, or stores it until the conversation is open. */
  type(text) {
    this.update((t) => Transcript.typed(t, text, Date.now()));
    this.#unsent = [...this.#unsent, text].slice(-MOST_UNSENT_TEXTS);
    if (isLive(this.phase)) this.#sendTyped();
  }

  useVoice(voiceId) {
    this.#choices.voiceId = voiceId;
    if (isLive(this.phase)) this.#connection.emit("voiceConfig", { voiceId });
  }

  get sound() {
    return this.#sound;
  }

  update(edit) {
    this.#change({ transcript: edit(this.transcript) });
  }

  step(event) {
    this.#change({ phase: next(this.phase, event) });
    this.#voice.applySilence();
  }

  finish(message) {
    if (isActive(this.phase)) this.#end(message);
  }

  async #open() {
    if (!isActive(this.phase)) return;
    const opening = ++this.#opening;
    const again = this.phase === "reconnecting";
    const microphone = this.#voice.hasMicrophone;
    this.retry = null;
    this.step("connected");
    try {
      await this.#session.open({ ...this.#choices, audio: microphone, comeback: this.#comeback });
      if (opening !== this.#opening || this.phase !== "opening") return;
      this.#voice.line.opened();
      this.step("ready");
      if (this.#voice.sounding) this.step("playing");
      if (this.#patient) this.#page.onNotice("");
      this.#patient = false;
      const { loss } = this.#voice.line;
      if (this.#comeback.resumed) this.#page.onNotice(`You are connected again. The conversation goes on. ${loss}`.trim(), loss ? "warning" : "info");
      else if (again) this.#page.onNotice(`The connection was lost and is back. A new conversation has started. ${loss}`.trim(), loss ? "warning" : "info");
      this.#sendTyped();
    } catch (error) {
      if (opening === this.#opening) this.#end(this.#withLoss(error.message));
    }
  }

  #stillLoading() {
    if (this.phase !== "opening") return;
    this.#page.onNotice("The server is still loading its speech model. The conversation begins by itself.", "info");
    this.#patient = true;
  }

  #sendTyped() {
    if (this.#unsent.length === 0) return;
    for (const content of this.#unsent.splice(0)) this.#connection.emit("textInput", { content });
    this.step("userSpoke");
  }

  #receive(name, value) {
    this.#comeback.saw(name, value);
    this.#session.saw(name);
    this.#voice.line.saw(name, value);
    if (name === "conversation") this.#offered(value ?? {});
    if (name === "queue") this.#change({ place: Number(value?.position) || 0 });
    if (isActive(this.phase)) this.#answers.handle(name, value);
  }

  #offered({ resumed = false }) {
    if (resumed) this.place ||= this.#placeBefore;
    else this.#startOver();
    this.#placeBefore = 0;
  }

  /** A new conversation: discards the remaining speech of the old one. */
  #startOver() {
    this.#answers.reset();
    this.#sound?.flush();
    this.update((t) => Transcript.began(t, Date.now(), this.#unsent.length));
  }

  #lost() {
    this.#opening++;
    this.#placeBefore = this.place || this.#placeBefore;
    this.place = 0;
    this.#comeback.keep();
    this.#session.abandon();
    this.#voice.line.disconnected();
    this.#page.onNotice("");
    this.step("lost");
  }

  #change(values) {
    Object.assign(this, values);
    this.#page.onChange();
  }

  #transportChanged() {
    this.#sound?.suit(this.#connection.transport);
    this.#page.onChange();
  }

  #withLoss(message) {
    return `${message} ${this.#voice.line.lossAtEnd}`.trim();
  }

  #end(message, { forGood = true } = {}) {
    if (forGood) this.#comeback.forget();
    else this.#comeback.keep();
    this.#run++;
    this.#opening++;
    this.#session.abandon();
    if (forGood) this.#connection.leave();
    this.#hearing.end();
    this.#sound?.close();
    this.#sound = undefined;
    this.#unsent = [];
    this.retry = null;
    this.place = this.#placeBefore = 0;
    this.#voice.reset();
    if (message) this.#page.onNotice(message, "error");
    this.step("closed");
  }
}
