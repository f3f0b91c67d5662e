import { packetsWaiting, Uplink } from "../net/uplink.js";

const ABSENT = "No connection.";
export const KEPT = "What you say is kept.";
export const LOST = "Some of what you said did not reach the server and is lost.";

/**
 * The way of the user's speech to the server: passes it to the uplink, and says whether it arrives. Notifies its listener: `onChange()` when
 * `hint` or `troubled` changes, `onLost()` once when speech is lost, until speech arrives again.
 */
export class SpeechLine {
  #uplink;
  #listener;
  #network;
  #shown = "";
  #lostBefore = 0;
  #told = false;
  #keeps = false;
  #listened = false;
  #connected = false;

  /** @param {{emit: Function, engine: object}} connection  @param {{onLine: boolean}} network tells whether this machine has a network */
  constructor(connection, listener, { network = globalThis.navigator, clock = () => performance.now() } = {}) {
    this.#listener = listener;
    this.#network = network;
    this.#uplink = new Uplink(
      (pcm, replayed) => connection.emit("audioInput", pcm, ...(replayed ? [{ replayed: true }] : [])),
      () => packetsWaiting(connection.engine),
      clock,
    );
  }

  get dropped() {
    return this.#uplink.dropped;
  }

  /** Returns whether speech was lost repeatedly in the last seconds. */
  get troubled() {
    return this.#uplink.troubled;
  }

  /** A text for the user while speech does not arrive; else "". */
  get hint() {
    const offline = this.#network?.onLine === false;
    if (this.#connected && !offline && !this.#uplink.stuck) return "";
    return this.#keeps ? `${ABSENT} ${KEPT}` : ABSENT;
  }

  /** Returns whether the server takes speech later that it did not receive. */
  get keeps() {
    return this.#keeps;
  }

  /** A text for the user if speech was lost since it last arrived; else "". */
  get loss() {
    this.look();
    return this.#told ? LOST : "";
  }

  /** A text for the user if the conversation ends now, and speech that has not arrived is lost by that; else "". */
  get lossAtEnd() {
    return this.loss || (this.#listened && this.#keeps && this.#uplink.holdsSpeech ? LOST : "");
  }

  /** Accepts a frame of the microphone. With `open` the server listens. */
  heard(pcm, rms, open) {
    this.#listened ||= open;
    // Speech from before the conversation was open goes first.
    if (open) this.#uplink.pump();
    this.#uplink.push(pcm, !open, rms, this.#listened);
    if (open) this.#uplink.pump();
    this.look();
  }

  /** Called for every event of the server. */
  saw(name, value) {
    if (name === "conversation") this.#uplink.offered(value ?? {});
    if (name !== "audioReceived") return;
    this.#uplink.confirmed(value ?? {});
    if (!this.#uplink.late) this.#told = false;
    this.look();
  }

  opened() {
    this.#uplink.opened();
    this.#keeps = this.#uplink.replays;
    this.#connected = true;
  }

  disconnected() {
    this.#uplink.disconnected();
    this.#connected = false;
  }

  /** The conversation is over. */
  clear() {
    this.#uplink.clear();
    this.#lostBefore = 0;
    this.#told = this.#keeps = this.#listened = this.#connected = false;
    this.#shown = "";
  }

  /** Compares the state with what the user was told. */
  look() {
    const { lost } = this.#uplink;
    if (lost > this.#lostBefore && !this.#told) {
      this.#told = true;
      this.#listener.onLost();
    }
    this.#lostBefore = lost;
    const shown = `${this.hint} ${this.troubled}`;
    if (shown !== this.#shown) this.#listener.onChange();
    this.#shown = shown;
  }
}
