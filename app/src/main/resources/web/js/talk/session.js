import { isLoading } from "../net/readiness.js";

const MOST_ASKED = 12;
const ACK_WAIT = 10_000;
const READY_WAIT = 10_000;
const CLOSE_WAIT = 5_000;

/**
 * Opens and closes a conversation on a connection, in the order of the browser contract: initializeConnection with its
 * acknowledgement, promptStart, systemPrompt, audioStart, audioReady. Each wait has an end.
 */
export class Session {
  #connection;
  #onLoading;
  #waiters = new Map();

  /** @param {() => void} onLoading the server asks for patience: its model is not there yet */
  constructor(connection, onLoading) {
    this.#connection = connection;
    this.#onLoading = onLoading;
  }

  /**
   * @param {{persona?: string, voiceId?: string, prompt?: string, audio: boolean, comeback: Comeback}} wishes without `audio`
   *     only typed text is sent; with a `comeback` that the server takes up, the rest is as it was
   * @throws {Error} with a sentence for the person when the server says no
   */
  async open({ persona, voiceId, prompt, audio, comeback }) {
    const answer = await this.#initialize(() => ({ audioFormat: "binary", persona, ...comeback.ask() }));
    if (answer?.success === false) throw new Error(answer.error || "The server could not start a conversation.");
    if (!comeback.resumed) {
      this.#connection.emit("promptStart", voiceId ? { voiceId } : {});
      if (prompt) this.#connection.emit("systemPrompt", prompt);
      else this.#connection.emit("systemPrompt");
    }
    if (audio) await this.openAudio();
  }

  /** Opens the way for the microphone; also later, when a typed conversation gets one. */
  async openAudio() {
    const ready = this.#next("audioReady", READY_WAIT);
    this.#connection.emit("audioStart");
    // Some servers of this contract never say that they are ready, so the wait ends quietly.
    await ready;
  }

  /** Ends the conversation; resolves when the server said so, or after five seconds. */
  async close() {
    if (!this.#connection.connected) return;
    const closed = this.#next("sessionClosed", CLOSE_WAIT);
    this.#connection.emit("stopAudio");
    await closed;
  }

  /** Every event of the server passes here first. */
  saw(event) {
    this.#waiters.get(event)?.();
  }

  /** The connection is gone: nothing that is awaited will come. */
  abandon() {
    for (const release of [...this.#waiters.values()]) release();
  }

  /** Asks again as long as the server loads its model, two minutes at most. */
  async #initialize(configure) {
    for (let asked = 0; asked < MOST_ASKED && this.#connection.connected; asked++) {
      try {
        return await this.#connection.ask("initializeConnection", ACK_WAIT, configure());
      } catch {
        if (!(await isLoading())) break;
        this.#onLoading();
      }
    }
    throw new Error("The server did not answer in time. Press Talk to try again.");
  }

  #next(event, milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => release(), milliseconds);
      const release = () => {
        clearTimeout(timer);
        this.#waiters.delete(event);
        resolve();
      };
      this.#waiters.set(event, release);
    });
  }
}
