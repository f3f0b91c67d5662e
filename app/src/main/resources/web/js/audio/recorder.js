import { toBase64, wavOf } from "./pcm.js";

const LONGEST_SECONDS = 300;

/** Records the output of the playback worklet (`?record`), up to five minutes; later samples are dropped. */
export class Recorder {
  #blocks = [];
  #samples = 0;
  #rate = 48_000;

  set rate(rate) {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#blocks = [];
    this.#samples = 0;
  }

  add(block) {
    if (this.#samples + block.length > LONGEST_SECONDS * this.#rate) return;
    this.#blocks.push(block);
    this.#samples += block.length;
  }

  /** @returns {string} a WAV file, mono, 16 bit, at the context's rate, as base64 */
  wav() {
    return toBase64(wavOf(this.#blocks, this.#rate));
  }
}
