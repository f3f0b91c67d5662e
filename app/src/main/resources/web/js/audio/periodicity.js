const STEP = 2;
const RATE = 16_000 / STEP;
const HIGHEST = 400;
const LOWEST = 75;

/**
 * How much a frame at 16 kHz repeats itself at the pitch of a voice, 75 to 400 Hz: about 1 for a vowel, near 0 for noise. Pure.
 * @param {Int16Array} samples at least 26 ms
 */
export function periodicity(samples) {
  const x = halved(samples);
  let best = 0;
  for (let lag = Math.floor(RATE / HIGHEST); lag <= Math.ceil(RATE / LOWEST); lag++) best = Math.max(best, likeness(x, lag));
  return best;
}

/** Half the rate, each value the mean of two samples, without offset. */
function halved(samples) {
  const out = new Float32Array(Math.floor(samples.length / STEP));
  let sum = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = (samples[STEP * i] + samples[STEP * i + 1]) / 2;
    sum += out[i];
  }
  for (let i = 0; i < out.length; i++) out[i] -= sum / out.length;
  return out;
}

function likeness(x, lag) {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let i = lag; i < x.length; i++) {
    product += x[i] * x[i - lag];
    first += x[i] * x[i];
    second += x[i - lag] * x[i - lag];
  }
  return first > 0 && second > 0 ? product / Math.sqrt(first * second) : 0;
}
