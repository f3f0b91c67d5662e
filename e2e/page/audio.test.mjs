import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const pcm = await fromPage("audio/pcm.js");
const { FRAME_SAMPLES, Framer, mixDown } = await fromPage("audio/framer.js");
const { PlaybackPort } = await fromPage("audio/playback-port.js");
const { Speaker } = await fromPage("audio/speaker.js");
const { Microphone, microphoneProblem } = await fromPage("audio/microphone.js");

test("16-bit samples survive conversion to floats and back", () => {
  const samples = Int16Array.from([0, 1, -1, 1000, -1000, 32767, -32768]);
  const back = pcm.toInt16(pcm.fromPcm16(new Uint8Array(samples.buffer)));
  back.forEach((x, i) => assert.ok(Math.abs(x - samples[i]) <= 1, `${x} for ${samples[i]}`));
});

test("samples above full scale are clipped", () => {
  assert.deepEqual([...pcm.toInt16(Float32Array.from([2, -2]))], [32767, -32768]);
});

test("audio decodes from binary, views and base64 only", () => {
  const bytes = Uint8Array.from([0, 64, 0, 192]);
  const expected = Float32Array.from([0.5, -0.5]);
  assert.deepEqual(pcm.decodeAudio(bytes.buffer), expected);
  assert.deepEqual(pcm.decodeAudio(Uint8Array.from([9, ...bytes]).subarray(1)), expected);
  assert.deepEqual(pcm.decodeAudio("AEAAwA=="), expected);
  for (const bad of ["%%%", undefined, null, 5, {}]) assert.equal(pcm.decodeAudio(bad).length, 0);
  assert.equal(pcm.decodeAudio(Uint8Array.from([1, 2, 3]).buffer).length, 1);
});

test("large blocks survive base64 in both directions", () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => i % 256);
  assert.deepEqual(pcm.fromBase64(pcm.toBase64(bytes)), bytes);
});

test("WAV header has rate and length", () => {
  const wav = pcm.wavOf([Int16Array.from([1, 2]), Int16Array.from([-1])], 48_000);
  const view = new DataView(wav.buffer);
  assert.equal(wav.length, 50);
  assert.equal(String.fromCharCode(...wav.subarray(0, 4)), "RIFF");
  assert.equal(view.getUint32(24, true), 48_000);
  assert.equal(view.getUint32(40, true), 6);
  assert.equal(view.getInt16(48, true), -1);
});

test("a meter spans 60 dB", () => {
  assert.equal(pcm.meterLevel(0), 0);
  assert.equal(pcm.meterLevel(NaN), 0);
  assert.equal(pcm.meterLevel(1), 1);
  assert.ok(Math.abs(pcm.meterLevel(0.0316) - 0.5) < 0.01);
});

test("microphone yields 32 ms frames of 1024 bytes", () => {
  const frames = [];
  const framer = new Framer(48_000, (frame) => frames.push(frame));
  for (let i = 0; i < 375; i++) framer.push(new Float32Array(128).fill(0.25));
  assert.equal(frames.length, 31);
  assert.ok(frames.every(({ byteLength }) => byteLength === FRAME_SAMPLES * 2));
  assert.ok(Math.abs(new Int16Array(frames[20])[100] - 8192) < 5);
});

test("muted microphone yields silent frames", () => {
  const frames = [];
  const framer = new Framer(16_000, (frame, rms) => frames.push([new Int16Array(frame), rms]));
  framer.silent = true;
  framer.push(new Float32Array(512).fill(0.5));
  assert.deepEqual(frames, [[new Int16Array(512), 0]]);
});

test("channels are mixed; no channel gives silence", () => {
  const mono = new Float32Array(2);
  assert.deepEqual([...mixDown([Float32Array.from([1, 0]), Float32Array.from([0, 0.5])], mono)], [0.5, 0.25]);
  assert.deepEqual([...mixDown([], mono)], [0, 0]);
});

test("playback port reports starts and stops, and records", () => {
  const posted = [];
  const port = new PlaybackPort(24_000, true, (message) => posted.push(message));
  port.receive({ samples: new Float32Array(2400).fill(0.5) });
  port.receive({ end: true });
  for (let i = 0; i < 64; i++) port.pull(new Float32Array(128));
  const turns = posted.filter((m) => "playing" in m).map((m) => m.playing);
  assert.deepEqual(turns.filter((on, i) => on !== turns[i - 1]), [true, false]);
  const recorded = posted.filter((m) => m.recorded).flatMap((m) => [...m.recorded]);
  assert.equal(recorded.length, 8192);
  assert.ok(recorded.filter((x) => x > 16_000).length > 2000);
});

test("speaker counts unreported sound unless it was flushed", async () => {
  const node = { connect() {} };
  const context = { sampleRate: 48_000, createScriptProcessor: () => node };
  let taken = 0;
  const speaker = await Speaker.open(context, { onReport: (report) => (taken = report.taken) });
  const pull = () => node.onaudioprocess({ outputBuffer: { getChannelData: () => new Float32Array(2048) } });
  pull();
  assert.ok(!speaker.aheadOf(taken));
  speaker.play(new Int16Array(2400).buffer);
  assert.ok(speaker.aheadOf(taken));
  pull();
  assert.ok(!speaker.aheadOf(taken));
  speaker.play(new Int16Array(2400).buffer);
  speaker.flush();
  assert.ok(!speaker.aheadOf(taken));
});

test("each microphone failure has its own message", () => {
  const kinds = { NotAllowedError: "refused", NotFoundError: "absent", NotReadableError: "busy", insecure: "insecure", Odd: "unknown" };
  for (const [name, kind] of Object.entries(kinds)) assert.equal(microphoneProblem(name).kind, kind);
});

test("microphone that cannot be opened is released with advice", async () => {
  const track = { stopped: false, stop: () => (track.stopped = true) };
  const stream = { getTracks: () => [track] };
  const context = { audioWorklet: { addModule: () => Promise.reject(new DOMException("http://x/y.js (Network error)", "AbortError")) } };

  await assert.rejects(Microphone.open(context, stream, {}), /^Error: The server does not respond\. Check that it runs/);

  assert.ok(track.stopped);
});
