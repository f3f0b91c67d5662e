import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { Resampler } = await fromPage("audio/resampler.js");

const tone = (rate, hertz, seconds) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

/** Resamples in blocks of the given sizes, in turn. */
function resample(from, to, input, blocks = [128]) {
  const resampler = new Resampler(from, to);
  const out = [];
  for (let at = 0, n = 0; at < input.length; n++) {
    const size = blocks[n % blocks.length];
    out.push(...resampler.process(input.subarray(at, at + size)));
    at += size;
  }
  return Float32Array.from(out);
}

const rms = (samples) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

/** How far `samples` are from the best-fitting sine of that frequency, in dB below it. */
function purity(samples, rate, hertz) {
  let [a, b] = [0, 0];
  samples.forEach((x, i) => {
    a += x * Math.sin((2 * Math.PI * hertz * i) / rate);
    b += x * Math.cos((2 * Math.PI * hertz * i) / rate);
  });
  a *= 2 / samples.length;
  b *= 2 / samples.length;
  const rest = samples.map(
    (x, i) => x - a * Math.sin((2 * Math.PI * hertz * i) / rate) - b * Math.cos((2 * Math.PI * hertz * i) / rate),
  );
  return { gain: Math.hypot(a, b), noise: 20 * Math.log10(rms(rest) / rms(samples)) };
}

for (const [from, to] of [[48000, 16000], [44100, 16000], [8000, 16000], [96000, 16000], [24000, 48000], [24000, 44100], [24000, 96000], [22050, 16000]]) {
  test(`keeps a 1 kHz tone pure from ${from} to ${to}`, () => {
    const out = resample(from, to, tone(from, 1000, 1.1)).subarray(0.05 * to, 1.05 * to);
    const { gain, noise } = purity(out, to, 1000);
    assert.ok(Math.abs(gain - 1) < 0.01, `gain ${gain}`);
    assert.ok(noise < -60, `residue ${noise} dB`);
  });

  test(`makes as many samples as the rates say from ${from} to ${to}`, () => {
    const out = resample(from, to, tone(from, 300, 10));
    assert.ok(Math.abs(out.length - 10 * to) < 0.01 * to, `${out.length}`);
  });
}

for (const from of [48000, 44100]) {
  test(`removes at ${from} Hz what 16 kHz cannot hold`, () => {
    for (const hertz of [9000, 12000, 15000, 20000]) {
      const level = 20 * Math.log10(rms(resample(from, 16000, tone(from, hertz, 1)).subarray(1000)));
      assert.ok(level < -55, `${hertz} Hz came through at ${level} dB`);
    }
  });
}

test("block sizes do not change the output", () => {
  const input = tone(44100, 700, 0.5);
  const whole = resample(44100, 16000, input, [input.length]);
  assert.deepEqual(resample(44100, 16000, input, [128]), whole);
  assert.deepEqual(resample(44100, 16000, input, [1, 7, 480, 3, 0, 33]), whole);
});

test("passes equal rates through", () => {
  const input = tone(16000, 500, 0.1);
  assert.deepEqual(resample(16000, 16000, input), input);
});

test("invalid rates are rejected", () => {
  assert.throws(() => new Resampler(0, 16000), RangeError);
  assert.throws(() => new Resampler(48000, NaN), RangeError);
});
