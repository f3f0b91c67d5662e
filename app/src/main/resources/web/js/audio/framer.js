import { Resampler } from "./resampler.js";
import { rmsOf, toInt16 } from "./pcm.js";

export const MICROPHONE_RATE = 16_000;
export const FRAME_SAMPLES = 512;
/** A little below 1: converters and filters round a clipped wave off. */
const FULL_SCALE = 0.985;

/** Microphone samples at the context's rate in, 32 ms frames of PCM16 at 16 kHz out. Pure; the capture worklet owns it. */
export class Framer {
  #resampler;
  #frame = new Float32Array(FRAME_SAMPLES);
  #filled = 0;
  #onFrame;
  #heard = { samples: 0, full: 0, sounded: false };

  /** When set, frames keep coming at the same pace but hold silence (a muted microphone keeps the stream alive). */
  silent = false;

  /**
   * @param {number} rate of the input
   * @param {(pcm: ArrayBuffer, rms: number, heard: {full: number, sounded: boolean}) => void} onFrame `heard` describes the input, also of a
   *     silent frame: the share of its samples at full scale, and whether any was not zero
   */
  constructor(rate, onFrame) {
    this.#resampler = new Resampler(rate, MICROPHONE_RATE);
    this.#onFrame = onFrame;
  }

  push(samples) {
    this.#listen(samples);
    const resampled = this.#resampler.process(samples);
    for (let i = 0; i < resampled.length; i++) {
      this.#frame[this.#filled++] = resampled[i];
      if (this.#filled === FRAME_SAMPLES) this.#emit();
    }
  }

  #emit() {
    this.#filled = 0;
    if (this.silent) this.#frame.fill(0);
    const { samples, full, sounded } = this.#heard;
    this.#heard = { samples: 0, full: 0, sounded: false };
    this.#onFrame(toInt16(this.#frame).buffer, rmsOf(this.#frame), { full: full / Math.max(1, samples), sounded });
  }

  #listen(samples) {
    const heard = this.#heard;
    heard.samples += samples.length;
    for (let i = 0; i < samples.length; i++) {
      if (samples[i] >= FULL_SCALE || samples[i] <= -FULL_SCALE) heard.full++;
      if (samples[i] !== 0) heard.sounded = true;
    }
  }
}

/** The mean of all channels, written into `mono`. */
export function mixDown(channels, mono) {
  mono.fill(0);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i++) mono[i] += channel[i] / channels.length;
  }
  return mono;
}
