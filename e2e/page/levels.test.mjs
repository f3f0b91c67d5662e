import assert from "node:assert/strict";
import { test } from "node:test";
import { murmur, noise, NOISE_KINDS, randomOf } from "../lib/turns/noises.mjs";
import { count, gain, joined, RATE, silence } from "../lib/turns/samples.mjs";
import { fromPage } from "./page.mjs";

const { LevelWatch } = await fromPage("audio/level-watch.js");
const { Framer, FRAME_SAMPLES } = await fromPage("audio/framer.js");
const { periodicity } = await fromPage("audio/periodicity.js");

/** Noise of a room with this level of its effective value. */
function room(seconds, level) {
  const random = randomOf(11);
  return Float32Array.from({ length: seconds * RATE }, () => gain(level) * Math.sqrt(12) * (random() - 0.5));
}

const tone = (seconds, pitch, level) => Float32Array.from({ length: seconds * RATE }, (_, i) => gain(level) * Math.sin((2 * Math.PI * pitch * i) / RATE));
const added = (sound, other) => sound.map((x, i) => x + (other[i] ?? 0));

/** Somebody who says something again and again, as loud as this at the peaks, in a quiet room. */
function talking(seconds, level, voice = 2) {
  const said = joined(...Array.from({ length: seconds }, (_, i) => [murmur(i % 2 ? "uh-huh" : "mm-hm", { voice, level, seed: i + 1 }), silence(600)]).flat());
  return added(room(seconds, -78), said);
}

/** Returns the reports about a sound, each as `[what, second]`. */
function told(sound, watch = new LevelWatch()) {
  const out = [];
  let at = 0;
  const framer = new Framer(RATE, (pcm, rms, { full }) => {
    at += FRAME_SAMPLES / RATE;
    const what = watch.frame(new Int16Array(pcm), full);
    if (what) out.push([what, at]);
  });
  for (let i = 0; i + 128 <= sound.length; i += 128) framer.push(sound.subarray(i, i + 128));
  return out;
}

const clipped = (sound) => sound.map((x) => Math.max(-1, Math.min(1, 8 * x)));

test("clipped speech is told of once, within seconds", () => {
  const [[what, at], ...more] = told(clipped(talking(30, -6)));
  assert.equal(what, "clipped");
  assert.ok(at < 5, `after ${at} s`);
  assert.deepEqual(more, []);
});

test("loud speech that is not clipped, and a bang that is, are not told of", () => {
  assert.deepEqual(told(talking(30, -1)), []);
  const bang = added(room(20, -70), joined(silence(4_000), clipped(noise("door", { level: 0, seed: 1 }))));
  assert.deepEqual(told(bang), []);
});

for (const voice of [0, 3, 5]) {
  test(`voice ${voice} at −56 dBFS is told of once; at −30 dBFS it is not`, () => {
    const [[what, at], ...more] = told(talking(30, -56, voice));
    assert.equal(what, "quiet");
    assert.ok(at < 16, `after ${at} s`);
    assert.deepEqual(more, []);
    assert.deepEqual(told(talking(30, -30, voice)), []);
  });
}

test("silence, quiet noises and hum are no quiet speaker", () => {
  assert.deepEqual(told(new Float32Array(16 * RATE)), []);
  for (const level of [-80, -65, -55]) assert.deepEqual(told(room(16, level)), [], `noise at ${level}`);
  for (const pitch of [50, 100, 180]) assert.deepEqual(told(added(room(16, -70), tone(16, pitch, -58))), [], `hum of ${pitch} Hz`);
  const humWithGaps = tone(16, 100, -58).map((x, i) => (i % 9_600 < 1_200 ? 0 : x));
  assert.deepEqual(told(added(room(16, -78), humWithGaps)), [], "hum with gaps");
  for (const kind of NOISE_KINDS.filter((kind) => kind !== "hum")) {
    const noises = joined(...Array.from({ length: 13 }, (_, i) => [noise(kind, { level: -55, seed: i + 1 }), silence(700)]).flat());
    assert.deepEqual(told(added(room(16, -75), noises)), [], kind);
  }
});

test("whoever was heard well is not called quiet, whoever speaks behind them", () => {
  assert.deepEqual(told(joined(talking(3, -20), talking(30, -56))), []);
});

test("words that the server recognised in quiet speech are evidence, in silence or good speech they are not", () => {
  const watch = new LevelWatch();
  told(talking(4, -56), watch);
  assert.equal(watch.recognised(), "quiet");
  assert.equal(watch.recognised(), undefined);
  assert.deepEqual(told(talking(30, -56), watch), []);
  const typing = new LevelWatch();
  told(room(6, -70), typing);
  assert.equal(typing.recognised(), undefined);
  const well = new LevelWatch();
  told(talking(4, -20), well);
  assert.equal(well.recognised(), undefined);
});

test("vowel repeats itself, noise does not", () => {
  const frame = (sound) => Int16Array.from(sound.subarray(count(200), count(200) + FRAME_SAMPLES), (x) => Math.round(32_767 * x));
  assert.ok(periodicity(frame(murmur("hum", { voice: 0, level: -20, seed: 1 }))) > 0.9);
  assert.ok(periodicity(frame(room(1, -30))) < 0.4);
  assert.equal(periodicity(new Int16Array(FRAME_SAMPLES)), 0);
});
