import { Cushion } from "./cushion.js";
import { Resampler } from "./resampler.js";
import { Ring } from "./ring.js";

const SOURCE_RATE = 24_000;
const LONGEST = 120 * SOURCE_RATE;
const BLOCK = 64;
const FADE_SECONDS = 0.008;

/**
 * Turns chunks of a reply at 24 kHz into a steady stream at the context's rate. Waits for a cushion before it starts,
 * fades in and out, distinguishes a gap in a reply (an underrun) from its end, and discards everything on a barge-in.
 *
 * Not thread-safe: the playback worklet owns it (or the main thread, without worklets).
 */
export class Playout {
  #rate;
  #ring = new Ring(LONGEST);
  #resampler;
  #cushion = new Cushion();
  #block = new Float32Array(BLOCK);
  #ready = new Float32Array(0);
  #at = 0;
  #gain = 0;
  #waited = 0;
  #ended = true;
  #flushing = false;

  playing = false;
  underruns = 0;
  overflowed = 0;

  constructor(rate) {
    this.#rate = rate;
    this.#resampler = new Resampler(SOURCE_RATE, rate);
  }

  get cushionMs() {
    return Math.round(this.#cushion.milliseconds);
  }

  get bufferedMs() {
    return Math.round((this.#ring.size * 1000) / SOURCE_RATE);
  }

  limits(floor, ceiling) {
    this.#cushion.limits(floor, ceiling);
  }

  push(samples) {
    if (this.#flushing) this.#forget();
    this.#ended = false;
    this.overflowed += this.#ring.write(samples);
  }

  /** The reply (or this sentence of it) is complete: running dry is no underrun, and a short rest need not wait. */
  end() {
    this.#ended = true;
  }

  /** Barge-in: fades out the current sound and drops the rest. */
  flush() {
    this.#ring.truncate(Math.ceil(FADE_SECONDS * 2 * SOURCE_RATE));
    this.#ended = true;
    this.#flushing = this.playing;
    if (!this.playing) this.#forget();
  }

  /** Fills one block of output; with silence if there is no audio. */
  pull(output) {
    if (!this.playing && !this.#startNow(output.length)) {
      output.fill(0);
      return;
    }
    const step = 1 / (FADE_SECONDS * this.#rate);
    for (let i = 0; i < output.length; i++) {
      const sample = this.#next();
      if (sample === undefined || (this.#flushing && this.#gain <= 0)) {
        this.#fadeTail(output, i);
        this.#stop();
        return;
      }
      this.#gain = this.#flushing ? Math.max(0, this.#gain - step) : Math.min(1, this.#gain + step);
      output[i] = sample * this.#gain;
    }
    this.#cushion.played((output.length * 1000) / this.#rate);
  }

  #startNow(frames) {
    if (this.#ring.size === 0) return false;
    this.#waited += (frames * 1000) / this.#rate;
    const full = this.bufferedMs >= this.#cushion.milliseconds;
    this.playing = full || this.#ended || this.#waited >= 2 * this.#cushion.milliseconds;
    if (this.playing) this.#waited = 0;
    return this.playing;
  }

  #next() {
    while (this.#at >= this.#ready.length) {
      const count = this.#ring.read(this.#block);
      if (count === 0) return undefined;
      this.#ready = this.#resampler.process(count === BLOCK ? this.#block : this.#block.subarray(0, count));
      this.#at = 0;
    }
    return this.#ready[this.#at++];
  }

  /** The audio stopped at full amplitude: fades out the last value to avoid a click. */
  #fadeTail(output, from) {
    let value = from > 0 ? output[from - 1] : 0;
    for (let i = from; i < output.length; i++) {
      value *= 0.9;
      output[i] = value;
    }
  }

  #stop() {
    if (!this.#ended && !this.#flushing) {
      this.underruns++;
      this.#cushion.underrun();
    }
    this.playing = false;
    this.#gain = 0;
    if (this.#flushing) this.#forget();
  }

  #forget() {
    this.#ring.truncate(0);
    this.#at = this.#ready.length;
    this.#resampler.reset();
    this.#flushing = false;
    this.playing = false;
    this.#gain = 0;
    this.#waited = 0;
  }
}
