import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { SilenceFiller } = await fromPage("audio/silence-filler.js");
const { SoundWatch } = await fromPage("audio/sound-watch.js");
const { CONDITIONS, Hearing } = await fromPage("talk/hearing.js");
const { WORDS } = await fromPage("talk/phase.js");
const { wordsFor } = await fromPage("ui/stage-view.js");
const { Framer } = await fromPage("audio/framer.js");

const LOOK = 250;

/** A sound that works until the test says otherwise, looked at four times a second. */
function working() {
  const watch = new SoundWatch();
  let now = 0;
  let seen = { context: "running", time: 0, microphone: { frames: 0, sounded: 0, muted: false, ended: false } };
  const look = ({ context = "running", microphone = works.microphone } = {}, every = LOOK) => {
    now += every;
    seen = { context, time: seen.time + every / 1_000, microphone: { ...seen.microphone, ...microphone(seen.microphone) } };
    return watch.look(now, seen);
  };
  /** The conditions that follow, and after how many milliseconds the first one. */
  const last = (milliseconds, changes) => {
    const conditions = Array.from({ length: milliseconds / LOOK }, () => look(changes));
    const first = conditions.findIndex(Boolean);
    return { condition: conditions.at(-1), after: first < 0 ? undefined : (first + 1) * LOOK };
  };
  last(5_000);
  return { watch, look, last };
}

const zeros = { microphone: ({ frames, sounded }) => ({ frames: frames + 8, sounded }) };
const nothing = { microphone: ({ frames, sounded }) => ({ frames, sounded }) };
const withheld = { microphone: ({ frames, sounded }) => ({ frames: frames + 8, sounded, muted: true }) };
const works = { microphone: ({ frames, sounded }) => ({ frames: frames + 8, sounded: sounded + 8, muted: false, ended: false }) };

for (const [what, changes, condition] of [
  ["a microphone of zeros", zeros, "dead"],
  ["a worklet that stops", nothing, "dead"],
  ["a microphone that the system withholds", withheld, "withheld"],
  ["a microphone that is unplugged", { microphone: () => ({ ended: true }) }, "unplugged"],
  ["a context that is suspended", { context: "suspended", ...nothing }, "asleep"],
  ["a context that is interrupted by a call", { context: "interrupted", ...nothing }, "asleep"],
]) {
  test(`${what} is told within three seconds, and no longer when it works again`, () => {
    const { last } = working();
    const told = last(3_000, changes);
    assert.equal(told.condition, condition);
    assert.ok(told.after <= 3_000 - LOOK, `after ${told.after} ms`);
    assert.deepEqual(last(500, works), { condition: undefined, after: undefined });
  });
}

test("context whose clock stands still is asleep, although it says that it runs", () => {
  const { watch } = working();
  const seen = { context: "running", time: 7 };
  for (let now = 10_000; now < 13_000; now += LOOK) watch.look(now, seen);
  assert.equal(watch.condition, "asleep");
});

test("sound that works, and short gaps in it, are not told", () => {
  const { last } = working();
  assert.equal(last(60_000).after, undefined);
  for (let i = 0; i < 5; i++) assert.equal(last(1_500, zeros).after ?? last(500, works).after, undefined);
});

test("page that was busy does not take its own delay for a dead microphone", () => {
  const { look } = working();
  for (let i = 0; i < 4; i++) assert.equal(look(nothing, 5_000), undefined);
  assert.equal(look(works), undefined);
});

test("microphone that is silent between words is told of twice at most", () => {
  const { last } = working();
  const told = Array.from({ length: 4 }, () => {
    const { condition } = last(3_000, zeros);
    last(1_000, works);
    return condition;
  });
  assert.deepEqual(told, ["dead", "dead", undefined, undefined]);
});

test("replaced microphone gets the same patience as the first one", () => {
  const { watch, last } = working();
  last(3_000, zeros);
  watch.renewed();
  assert.equal(watch.condition, undefined);
  assert.deepEqual(last(1_500, zeros), { condition: undefined, after: undefined });
  assert.equal(last(1_000, zeros).condition, "dead");
});

/** A conversation with a sound whose state the test sets; the time goes on with each look. */
function conversation(vitals) {
  const done = [];
  const sent = [];
  const talk = {
    phase: "listening",
    place: 0,
    sound: { vitals, wake: async () => (done.push("wake"), vitals.context === "running") },
    voice: { muted: false, line: { heard: (...frame) => sent.push(frame) }, openMicrophone: async () => (done.push("microphone"), true) },
    page: { onChange: () => done.push(talk.hearing.condition ?? "well"), onNotice: (text) => done.push(text) },
    renewSound: async () => done.push("renewed"),
  };
  let now = 0;
  talk.hearing = new Hearing(talk, () => (now += LOOK));
  const looks = (count) => Array.from({ length: count }, () => ((vitals.time += 0.25), talk.hearing.look()));
  return { talk, done, sent, looks };
}

const silentMicrophone = () => ({ context: "running", time: 0, microphone: { frames: 0, sounded: 0, muted: false, ended: false } });

test("microphone that the user muted is not dead, and its patience begins anew when it is on again", () => {
  const { talk, done, looks } = conversation(silentMicrophone());
  talk.voice.muted = true;
  looks(40);
  assert.deepEqual(done, []);
  talk.voice.muted = false;
  looks(5);
  assert.deepEqual(done, []);
  looks(8);
  assert.deepEqual(done, ["dead"]);
});

test("silence takes the place of a microphone that delivers nothing, while the server listens", () => {
  const vitals = silentMicrophone();
  const { talk, sent, looks } = conversation(vitals);
  looks(2);
  assert.equal(sent.length, 0, "the page may be busy");
  looks(7);
  assert.equal(sent.length, 62, "8 looks are 2 s");
  assert.deepEqual(sent[0], [new ArrayBuffer(1_024), 0, true]);
  vitals.microphone.frames++;
  looks(2);
  talk.place = 1;
  looks(8);
  talk.place = 0;
  looks(2);
  talk.phase = "reconnecting";
  looks(8);
  talk.phase = "listening";
  looks(2);
  delete vitals.microphone;
  looks(8);
  assert.equal(sent.length, 62);
});

test("microphone that works, and a page that was busy, need no silence", () => {
  const filler = new SilenceFiller();
  for (let i = 0; i < 100; i++) assert.equal(filler.look(i * LOOK, i * 8), 0);
  assert.equal(filler.look(30_000, 99 * 8), 0);
  assert.equal(filler.look(30_250, 99 * 8 + 160), 0);
});

test("silence for the time in which the machine slept is one second", () => {
  const filler = new SilenceFiller();
  assert.deepEqual([0, 3_600_000, 3_600_250, 3_600_500].map((now) => filler.look(now, 7)), [0, 0, 31, 8]);
});

test("nothing is told outside of a conversation", () => {
  const { talk, done, looks } = conversation(silentMicrophone());
  looks(12);
  talk.phase = "reconnecting";
  looks(20);
  assert.deepEqual(done, ["dead", "well"]);
});

test("button asks for the microphone again, or wakes the sound, or replaces what does not wake", async () => {
  const { talk, done, looks } = conversation(silentMicrophone());
  looks(12);
  await talk.hearing.mend();
  assert.deepEqual(done.splice(0), ["dead", "microphone", "well"]);

  const suspended = conversation({ context: "suspended", time: 0 });
  suspended.looks(6);
  await suspended.talk.hearing.mend();
  assert.deepEqual(suspended.done.splice(0), ["asleep", "wake", "renewed"]);
  suspended.talk.sound.vitals.context = "running";
  await suspended.talk.hearing.mend();
  assert.deepEqual(suspended.done, ["wake", "well"]);
});

test("button that is pressed twice mends once, and what fails is told", async () => {
  const { talk, done, looks } = conversation(silentMicrophone());
  looks(12);
  talk.voice.openMicrophone = async () => {
    done.push("asked");
    throw new Error("The server does not respond.");
  };
  await Promise.all([talk.hearing.mend(), talk.hearing.mend()]);
  assert.deepEqual(done, ["dead", "asked", "The server does not respond."]);
});

test("what is heard while the assistant speaks is not judged", () => {
  const { talk, done } = conversation(silentMicrophone());
  const loud = Int16Array.from({ length: 512 }, () => 32_767).buffer;
  const hear = () => Array.from({ length: 100 }, () => talk.hearing.heard(loud, 1));
  talk.voice.sounding = true;
  hear();
  assert.deepEqual(done, []);
  talk.voice.sounding = false;
  hear();
  assert.equal(done.length, 1);
  assert.match(done[0], /too loud/);
});

test("each condition has a title, one sentence that does not repeat it, and a button", () => {
  for (const { title, hint, mend } of Object.values(CONDITIONS)) {
    assert.equal(hint.match(/\./g).length, 1);
    assert.notEqual(`${title}.`, hint);
    assert.ok(mend);
  }
});

test("frames tell what was recorded, also when they are silent", () => {
  const heard = [];
  const framer = new Framer(16_000, (pcm, rms, what) => heard.push({ rms, ...what }));
  framer.push(new Float32Array(512));
  framer.silent = true;
  framer.push(new Float32Array(512).map((_, i) => (i < 128 ? -1 : 0.5)));
  assert.deepEqual(heard, [{ rms: 0, full: 0, sounded: false }, { rms: 0, full: 0.25, sounded: true }]);
});

test("stage does not say that it listens when it does not, nor that one may interrupt when one cannot", () => {
  const voice = { muted: false, halfDuplex: false, line: { troubled: false, hint: "" } };
  const words = (phase, changes) => wordsFor(phase, undefined, { ...voice, ...changes }, false);
  assert.deepEqual(words("listening", {}), WORDS.listening);
  assert.deepEqual(words("listening", { muted: true }), { title: "Not listening", hint: "Your microphone is muted." });
  assert.equal(words("speaking", {}).hint, "You can interrupt at any time.");
  assert.equal(words("speaking", { halfDuplex: true }).hint, "I listen again when I have finished.");
});
