import { Resampler } from "./resampler.js";
import { rmsOf, toInt16 } from "./pcm.js";

export const MICROPHONE_RATE = 16_000;
export const FRAME_SAMPLES = 512;

/** Microphone samples at the context's rate in, 32 ms frames of PCM16 at 16 kHz out. Pure; the capture worklet owns it. */
export class Framer {
  #resampler;
  #frame = new Float32Array(FRAME_SAMPLES);
  #filled = 0;
  #onFrame;

  /** When set, frames keep coming at the same pace but hold silence (a muted microphone keeps the stream alive). */
  silent = false;

  /** @param {number} rate of the input  @param {(pcm: ArrayBuffer, rms: number) => void} onFrame */
  constructor(rate, onFrame) {
    this.#resampler = new Resampler(rate, MICROPHONE_RATE);
    this.#onFrame = onFrame;
  }

  push(samples) {
    const resampled = this.#resampler.process(samples);
    for (let i = 0; i < resampled.length; i++) {
      this.#frame[this.#filled++] = resampled[i];
      if (this.#filled === FRAME_SAMPLES) this.#emit();
    }
  }

  #emit() {
    this.#filled = 0;
    if (this.silent) this.#frame.fill(0);
    this.#onFrame(toInt16(this.#frame).buffer, rmsOf(this.#frame));
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
