import { isLoading } from "../net/readiness.js";

const MOST_ASKED = 12;
const ACK_WAIT = 10_000;
const READY_WAIT = 10_000;
const CLOSE_WAIT = 5_000;

/**
 * Opens and closes a conversation on a connection, in the order of the browser contract: initializeConnection with its
 * acknowledgement, promptStart, systemPrompt, audioStart, audioReady. Each wait has a timeout.
 */
export class Session {
  #connection;
  #onLoading;
  #waiters = new Map();

  /** @param {() => void} onLoading called while the server still loads its model */
  constructor(connection, onLoading) {
    this.#connection = connection;
    this.#onLoading = onLoading;
  }

  /**
   * @param {{persona?: string, voiceId?: string, prompt?: string, audio: boolean, comeback: Comeback}} choices without `audio`
   *     only typed text is sent; if the server accepts the `comeback`, the other settings stay unchanged
   * @throws {Error} with a sentence for the user if the server rejects the conversation
   */
  async open({ persona, voiceId, prompt, audio, comeback }) {
    const answer = await this.#initialize(() => ({ audioFormat: "binary", pausable: true, replay: true, persona, ...comeback.ask() }));
    if (answer?.success === false) throw new Error(answer.error || "The server could not start a conversation.");
    if (!comeback.resumed) {
      this.#connection.emit("promptStart", voiceId ? { voiceId } : {});
      if (prompt) this.#connection.emit("systemPrompt", prompt);
      else this.#connection.emit("systemPrompt");
    }
    if (audio) await this.openAudio();
  }

  /** Starts the audio input; also later, when a typed conversation gets a microphone. */
  async openAudio() {
    const ready = this.#next("audioReady", READY_WAIT);
    this.#connection.emit("audioStart");
    // Some servers with this contract never send audioReady, so the wait ends without an error.
    await ready;
  }

  /** Ends the conversation; resolves when the server confirms it, or after five seconds. */
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

  /** The connection is lost: rejects everything that is awaited. */
  abandon() {
    for (const release of [...this.#waiters.values()]) release();
  }

  /** Repeats the request while the server loads its model, for two minutes at most. */
  async #initialize(configure) {
    for (let asked = 0; asked < MOST_ASKED && this.#connection.connected; asked++) {
      try {
        return await this.#connection.ask("initializeConnection", ACK_WAIT, configure());
      } catch {
        if (!(await isLoading())) break;
        this.#onLoading();
      }
    }
    throw new Error("The server did not respond in time. Press Talk to try again.");
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
