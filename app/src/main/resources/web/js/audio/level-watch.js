import { periodicity } from "./periodicity.js";

const FULL_SCALE = 32_768;
/** Speech at −30 dBFS and above may be clipped; below −50 dBFS, at its peaks, it is too quiet. */
const LOUD = FULL_SCALE * 10 ** (-30 / 20);
const QUIET = FULL_SCALE * 10 ** (-50 / 20);
/** Below this a voice cannot be told from the steps of its numbers. */
const FAINT = 6;
/** Frames of 32 ms: 1.3 s of loud sound are enough to judge, and six seconds are remembered. */
const ENOUGH_LOUD = 40;
const MOST_LOUD = 190;
const CLIPPED_SHARE = 0.01;
const WINDOW = 160;
const VOICED = 0.6;
const LEAST_VOICED = 0.12;
const MOST_VOICED = 0.8;
const SHORTEST_RUN = 3;
const FEWEST_RUNS = 3;
const LEAST_VARIATION = 10 ** (6 / 20);
const LONGEST_LOUD_RUN = 5;
const RECOGNISED = 8;
const EVIDENCE = 2;

/**
 * Judges the level of speech from the microphone's frames: "clipped" or "quiet", each at most once. Pure. Quiet needs evidence, because
 * a quiet room is no quiet speaker: a voice (periodic, in several pieces, louder than the rest) through five seconds, twice, or once with words
 * that the server has recognised. Whoever was heard loudly once is never called quiet.
 */
export class LevelWatch {
  #loud = 0;
  #full = 0;
  #clippedTold = false;
  #window = [];
  #evidence = 0;
  #loudRun = 0;
  #quietOver = false;

  /**
   * @param {Int16Array} samples of a frame, as sent
   * @param {number} full the share of its samples at full scale, as recorded
   * @returns {"clipped" | "quiet" | undefined} what to tell now
   */
  frame(samples, full) {
    const { rms, peak } = measure(samples);
    return this.#clipped(rms, full) ?? this.#quiet(samples, rms, peak);
  }

  /** The server has recognised words of the user. @returns {"quiet" | undefined} what to tell now */
  recognised() {
    const voiced = this.#window.filter((frame) => frame.voiced).length;
    if (this.#quietOver || voiced < RECOGNISED || this.#window.some(({ peak }) => peak >= QUIET)) return undefined;
    this.#evidence = EVIDENCE;
    return this.#quietIfSure();
  }

  #clipped(rms, full) {
    if (this.#clippedTold || rms < LOUD) return undefined;
    this.#loud++;
    this.#full += full;
    if (this.#loud >= ENOUGH_LOUD && this.#full / this.#loud >= CLIPPED_SHARE) {
      this.#clippedTold = true;
      return "clipped";
    }
    if (this.#loud >= MOST_LOUD) {
      this.#loud /= 2;
      this.#full /= 2;
    }
    return undefined;
  }

  #quiet(samples, rms, peak) {
    if (this.#quietOver) return undefined;
    const voiced = peak >= FAINT && periodicity(samples) >= VOICED;
    this.#loudRun = voiced && peak >= QUIET ? this.#loudRun + 1 : 0;
    if (this.#loudRun >= LONGEST_LOUD_RUN) this.#quietOver = true;
    this.#window.push({ voiced, rms, peak });
    if (this.#window.length > WINDOW) this.#window.shift();
    if (this.#window.length < WINDOW || !isQuietSpeech(this.#window)) return undefined;
    this.#window = [];
    this.#evidence++;
    return this.#quietIfSure();
  }

  #quietIfSure() {
    if (this.#evidence < EVIDENCE) return undefined;
    this.#quietOver = true;
    return "quiet";
  }
}

function isQuietSpeech(window) {
  if (window.some(({ peak }) => peak >= QUIET)) return false;
  const voices = window.filter(({ voiced }) => voiced);
  const share = voices.length / window.length;
  if (share < LEAST_VOICED || share > MOST_VOICED || runs(window) < FEWEST_RUNS) return false;
  const rest = window.filter(({ voiced }) => !voiced);
  return mean(voices) >= LEAST_VARIATION * mean(rest);
}

/** The number of pieces of voice of at least 96 ms. */
function runs(window) {
  let count = 0;
  let length = 0;
  for (const { voiced } of window) {
    length = voiced ? length + 1 : 0;
    if (length === SHORTEST_RUN) count++;
  }
  return count;
}

function mean(frames) {
  return frames.reduce((sum, { rms }) => sum + rms, 0) / Math.max(1, frames.length);
}

function measure(samples) {
  let sum = 0;
  let peak = 0;
  for (let i = 0; i < samples.length; i++) {
    sum += samples[i] * samples[i];
    peak = Math.max(peak, Math.abs(samples[i]));
  }
  return { rms: Math.sqrt(sum / Math.max(1, samples.length)), peak };
}
