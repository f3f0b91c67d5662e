const FRAME_MS = 32;
/** The longest silence at once: of the time in which the machine slept, or the browser did not run the page, the rest is left out. */
const MOST_AT_ONCE = 1_000;

/**
 * Counts the frames that a stopped microphone does not deliver, so that silence can take their place: otherwise the server waits for them. A
 * microphone has stopped when two looks in a row find no new frame; a page that was busy finds them at the second one. Pure.
 */
export class SilenceFiller {
  #frames;
  #filledTo = 0;
  #unchanged = 0;

  /** No sound is expected. */
  reset() {
    this.#frames = undefined;
  }

  /**
   * @param {number} now milliseconds
   * @param {number} frames delivered so far
   * @returns {number} the number of silent frames to send now
   */
  look(now, frames) {
    if (frames !== this.#frames) {
      this.#frames = frames;
      this.#filledTo = now;
      this.#unchanged = 0;
      return 0;
    }
    this.#unchanged++;
    if (this.#unchanged < 2) return 0;
    this.#filledTo = Math.max(this.#filledTo, now - MOST_AT_ONCE);
    const missing = Math.floor((now - this.#filledTo) / FRAME_MS);
    this.#filledTo += missing * FRAME_MS;
    return missing;
  }
}
