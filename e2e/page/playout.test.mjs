import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { Playout } = await fromPage("audio/playout.js");
const { Cushion } = await fromPage("audio/cushion.js");
const { Ring } = await fromPage("audio/ring.js");

const RATE = 48_000;
const voice = (milliseconds) => new Float32Array(24 * milliseconds).fill(0.5);

/** Pulls that many milliseconds of output in worklet-sized blocks. */
function pull(playout, milliseconds) {
  const out = [];
  for (let n = Math.round((milliseconds * RATE) / 1000 / 128); n > 0; n--) {
    const block = new Float32Array(128);
    playout.pull(block);
    out.push(...block);
  }
  return out;
}

const loud = (samples) => samples.filter((x) => Math.abs(x) > 0.4).length / (RATE / 1000);
const steepest = (samples) => Math.max(...samples.slice(1).map((x, i) => Math.abs(x - samples[i])));

test("playback waits for the cushion, then plays everything", () => {
  const playout = new Playout(RATE);
  playout.push(voice(40));
  assert.equal(loud(pull(playout, 20)), 0);
  playout.push(voice(160));
  playout.end();
  const out = pull(playout, 300);
  assert.ok(Math.abs(loud(out) - 192) < 12, `${loud(out)} ms`);
  assert.equal(playout.underruns, 0);
  assert.equal(playout.playing, false);
});

test("plays a reply that is shorter than the cushion", () => {
  const playout = new Playout(RATE);
  playout.push(voice(30));
  playout.end();
  assert.ok(loud(pull(playout, 60)) > 15);
});

test("gap in a reply enlarges the cushion", () => {
  const playout = new Playout(RATE);
  playout.push(voice(100));
  pull(playout, 300);
  assert.equal(playout.underruns, 1);
  assert.ok(playout.cushionMs > Cushion.FLOOR);
});

test("fades in, fades out and never clicks", () => {
  const playout = new Playout(RATE);
  playout.push(voice(100));
  const gap = pull(playout, 200);
  playout.push(voice(200));
  const again = pull(playout, 100);
  playout.flush();
  assert.ok(steepest([...gap, ...again, ...pull(playout, 60)]) < 0.06);
});

test("is silent within 20 ms of a barge-in, and the next reply starts clean", () => {
  const playout = new Playout(RATE);
  playout.push(voice(5000));
  pull(playout, 200);
  playout.flush();
  pull(playout, 20);
  assert.equal(loud(pull(playout, 100)), 0);
  assert.equal(playout.bufferedMs, 0);
  playout.push(voice(200));
  playout.end();
  assert.ok(loud(pull(playout, 300)) > 180);
});

test("drops a reply that was flushed before it began", () => {
  const playout = new Playout(RATE);
  playout.push(voice(30));
  playout.flush();
  assert.equal(loud(pull(playout, 300)), 0);
});

test("buffer holds at most two minutes", () => {
  const playout = new Playout(RATE);
  for (let i = 0; i < 130; i++) playout.push(voice(1000));
  assert.equal(playout.bufferedMs, 120_000);
  assert.equal(playout.overflowed, 10 * 24_000);
});

test("cushion grows to its ceiling and shrinks to its floor", () => {
  const cushion = new Cushion();
  for (let i = 0; i < 9; i++) cushion.underrun();
  assert.equal(cushion.milliseconds, Cushion.CEILING);
  for (let i = 0; i < 20; i++) cushion.played(20_000);
  assert.equal(cushion.milliseconds, Cushion.FLOOR);
});

test("cushion keeps its size when the transport changes", () => {
  const cushion = new Cushion();
  cushion.limits(150, 600);
  assert.equal(cushion.milliseconds, 150);
  cushion.underrun();
  cushion.limits(60, 300);
  assert.equal(cushion.milliseconds, 96);
});

test("ring returns samples in order around its end", () => {
  const ring = new Ring(100);
  const read = [];
  let written = 0;
  for (let n = 0; n < 50; n++) {
    ring.write(Float32Array.from({ length: 30 }, () => written++));
    const target = new Float32Array(30);
    read.push(...target.subarray(0, ring.read(target)));
  }
  assert.deepEqual(read, Array.from({ length: 1500 }, (_, i) => i));
});

test("full ring rejects samples and returns their number", () => {
  const ring = new Ring(100_000);
  assert.equal(ring.write(new Float32Array(90_000)), 0);
  assert.equal(ring.write(new Float32Array(20_000)), 10_000);
  ring.truncate(5);
  assert.equal(ring.size, 5);
});
