/**
 * A streaming resampler from any whole rate to any other: a Kaiser-windowed sinc, kept as a table of phases that is
 * interpolated between, so 44 100 → 16 000 costs no more memory than 48 000 → 16 000.
 *
 * Runs inside the audio worklets and in node's tests; touches no global.
 */
const PHASES = 128;
const ZERO_CROSSINGS = 16;
const KAISER_BETA = 8;
const ROLL_OFF = 0.92;

export class Resampler {
  #from;
  #to;
  #taps;
  #table;
  #buffer;
  #length;
  #output = new Float32Array(256);
  /** Position of the next output between two input samples, in units of 1/to; a whole number, so it never drifts. */
  #phase = 0;

  /** @param {number} from input rate in Hz  @param {number} to output rate in Hz */
  constructor(from, to) {
    if (!(from > 0 && to > 0)) throw new RangeError(`Resampler: rates must be positive, got ${from} and ${to}`);
    this.#from = Math.round(from);
    this.#to = Math.round(to);
    const cutoff = 0.5 * ROLL_OFF * Math.min(1, this.#to / this.#from);
    this.#taps = 2 * Math.ceil(ZERO_CROSSINGS / (2 * cutoff));
    this.#table = kernelTable(this.#taps, cutoff);
    this.#buffer = new Float32Array(this.#taps + 4096);
    this.reset();
  }

  /** Discards its input; the next sample starts a new stream. */
  reset() {
    this.#buffer.fill(0);
    this.#length = this.#taps / 2 - 1;
    this.#phase = 0;
  }

  /**
   * @param {Float32Array} input the next samples
   * @returns {Float32Array} the output so far; a view, valid until the next call
   */
  process(input) {
    if (this.#from === this.#to) return input;
    this.#append(input);
    const taps = this.#taps;
    const room = Math.ceil(((input.length + taps) * this.#to) / this.#from) + 2;
    if (this.#output.length < room) this.#output = new Float32Array(room);
    let base = Math.floor(this.#phase / this.#to);
    this.#phase -= base * this.#to;
    let made = 0;
    while (base + taps <= this.#length) {
      this.#output[made++] = this.#convolve(base);
      this.#phase += this.#from;
      const whole = Math.floor(this.#phase / this.#to);
      this.#phase -= whole * this.#to;
      base += whole;
    }
    // A step may be longer than the buffered input; the rest of it is kept as a number of input samples to skip.
    const used = Math.min(base, this.#length);
    this.#buffer.copyWithin(0, used, this.#length);
    this.#length -= used;
    this.#phase += (base - used) * this.#to;
    return this.#output.subarray(0, made);
  }

  #append(input) {
    const needed = this.#length + input.length;
    if (needed > this.#buffer.length) {
      const larger = new Float32Array(needed * 2);
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(input, this.#length);
    this.#length = needed;
  }

  #convolve(base) {
    const taps = this.#taps;
    const place = (this.#phase / this.#to) * PHASES;
    const row = Math.floor(place);
    const blend = place - row;
    const low = row * taps;
    const high = low + taps;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const a = this.#table[low + k];
      sum += this.#buffer[base + k] * (a + blend * (this.#table[high + k] - a));
    }
    return sum;
  }
}

function kernelTable(taps, cutoff) {
  const table = new Float32Array((PHASES + 1) * taps);
  const half = taps / 2;
  for (let p = 0; p <= PHASES; p++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const x = k - (half - 1) - p / PHASES;
      const inside = 1 - (x / half) ** 2;
      const window = inside > 0 ? bessel(KAISER_BETA * Math.sqrt(inside)) / bessel(KAISER_BETA) : 0;
      const value = sinc(2 * cutoff * x) * window;
      table[p * taps + k] = value;
      sum += value;
    }
    for (let k = 0; k < taps; k++) table[p * taps + k] /= sum;
  }
  return table;
}

function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x) {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-10 * sum; n++) {
    term *= (x / (2 * n)) ** 2;
    sum += term;
  }
  return sum;
}
