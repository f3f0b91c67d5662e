// The pure parts of e2e/turns: the generator of sounds, the judge of a recording, and the numbers of the table.
import { test } from "node:test";
import assert from "node:assert/strict";
import * as judge from "../lib/turns/judge.mjs";
import { Listener } from "../lib/turns/listener.mjs";
import { murmur, MURMUR_KINDS, noise, NOISE_KINDS, VOICES } from "../lib/turns/noises.mjs";
import { delays } from "../lib/network.mjs";
import { optionsOf, spread } from "../lib/turns/options.mjs";
import * as recordings from "../lib/turns/recordings.mjs";
import { fromPcm, gain, joined, milliseconds, paused, peak, quietest, silence, toPcm, trimmed, withPeak } from "../lib/turns/samples.mjs";
import { latencies } from "../lib/turns/rows.mjs";
import { grouped, median, percentile, scaled, table } from "../lib/turns/statistics.mjs";

const near = (actual, expected, by) => assert.ok(Math.abs(actual - expected) <= by, `${actual}, not ${expected}`);
const tone = (ms) => silence(ms).map((_, i) => 0.5 * Math.sin(i / 3));

test("each murmur and noise has its peak, and no offset", () => {
    const sounds = [
        ...MURMUR_KINDS.flatMap((kind) => VOICES.map((_, voice) => murmur(kind, { voice, level: -18, seed: 3 }))),
        ...NOISE_KINDS.map((kind) => noise(kind, { level: -18, seed: 3 })),
    ];
    for (const sound of sounds) {
        near(peak(sound), gain(-18), 1e-6);
        assert.ok(sound.every(Number.isFinite));
        near(sound.reduce((sum, x) => sum + x, 0) / sound.length, 0, 0.02);
        assert.ok(milliseconds(sound) > 200 && milliseconds(sound) < 2_000, `${milliseconds(sound)} ms`);
    }
});

test("same seed makes the same sound, another seed another", () => {
    const cough = (seed) => noise("cough", { level: -9, seed });
    assert.deepEqual(cough(5), cough(5));
    assert.notDeepEqual(cough(5), cough(6));
});

test("pitch of a murmur is that of its voice", () => {
    for (const voice of [0, 5]) {
        const sound = murmur("hum", { voice, level: -6, seed: 1 }).slice(1_600, 4_800);
        const alike = (lag) => sound.slice(0, 2_400).reduce((sum, x, i) => sum + x * sound[i + lag], 0);
        const lags = Array.from({ length: 200 }, (_, i) => i + 45);
        const best = lags.reduce((a, b) => (alike(b) > alike(a) ? b : a));
        near(16_000 / best, VOICES[voice].pitch, 0.1 * VOICES[voice].pitch);
    }
});

test("pause is put in where the sound is cut", () => {
    const sound = paused(tone(1_000), 400, 600);
    assert.equal(milliseconds(sound), 1_600);
    assert.equal(peak(sound.slice(6_400, 16_000)), 0);
    assert.ok(peak(sound.slice(0, 6_400)) > 0.4 && peak(sound.slice(16_000)) > 0.4);
});

test("quietest instant is in the gap", () => near(quietest(joined(tone(300), silence(60), tone(300)), 200, 450), 330, 30));

test("silence at both ends is trimmed", () => near(milliseconds(trimmed(joined(silence(200), tone(500), silence(300)))), 500, 2));

test("samples survive as 16-bit bytes", () => {
    const sound = withPeak(tone(20), -3);
    fromPcm(new Uint8Array(toPcm(sound))).forEach((x, i) => near(x, sound[i], 1e-4));
});

test("percentiles are by nearest rank, and median is the lower middle", () => {
    const values = Array.from({ length: 20 }, (_, i) => 20 - i);
    assert.equal(percentile(values, 0.95), 19);
    assert.equal(percentile(values, 0.5), 10);
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(percentile([], 0.5), undefined);
});

test("goal of fewer recordings is as strict as that of all", () => {
    assert.equal(scaled(19, 20, 20), 19);
    assert.equal(scaled(19, 20, 4), 4);
    assert.equal(scaled(36, 40, 20), 18);
    assert.equal(scaled(12, 12, 1), 1);
});

test("groups keep the order of their first", () =>
    assert.deepEqual(grouped([[1, "a"], [0, "b"], [1, "c"]], ([key]) => key), [[[1, "a"], [1, "c"]], [[0, "b"]]]));

test("columns of the table are aligned", () => assert.deepEqual(table([["a", "b"], ["long", "c"]]), ["a     b", "long  c"]));

test("rows of the issue have their numbers of recordings", () => {
    const { BACKCHANNELS, YES_AND_NO, REPEATED, INTERRUPTIONS, NOISES, ECHOES, PAUSES, CUTS } = recordings;
    assert.deepEqual([BACKCHANNELS, YES_AND_NO, REPEATED, INTERRUPTIONS, NOISES, ECHOES, PAUSES, CUTS].map((list) => list.length), [20, 15, 10, 20, 15, 12, 40, 12]);
    assert.equal(new Set(BACKCHANNELS.filter(({ sound }) => sound.murmur).map(({ sound }) => sound.voice)).size, 6);
});

test("arguments are read, and wrong ones refused", () => {
    assert.deepEqual(optionsOf(["--row", "4", "--row", "1", "--at-once", "9"], [1, 4]), { rows: [4, 1], clips: Infinity, atOnce: 4, runs: 3, smoke: false });
    assert.equal(optionsOf(["--smoke"], [1]).clips, 1);
    assert.throws(() => optionsOf(["--row", "10"], [1, 2]), /there is no row 10. Rows: 1, 2/);
    assert.throws(() => optionsOf(["--fast"], [1]), /unknown argument --fast/);
    assert.throws(() => optionsOf(["--clips", "none"], [1]), /whole number/);
});

test("fewer recordings are spread over all", () => assert.deepEqual(spread([0, 1, 2, 3, 4, 5], 3), [0, 2, 4]));

const answer = (extra) => ({ at: 2_000, final: "I can tell the time.", planned: "I can tell the time.", interrupted: false, over: true, tools: [], ...extra });
const heard = (extra) => ({
    users: [{ at: 1_500, text: "What can you do?" }], answers: [answer()], plays: [{ from: 2_000, to: 5_000 }],
    received: 3_000, receivedAtCut: undefined, heard: 3_000, pauses: [], firsts: [1_950], problems: [], playing: false, sound: { from: 3_000, to: 3_400 }, ...extra,
});
const can = { right: /can/ };

test("answer that is heard to its end passes, also after a pause", () => {
    assert.deepEqual(judge.heardToItsEnd(heard(), can), { ok: true });
    const plays = [{ from: 2_000, to: 3_150, cut: "paused" }, { from: 3_900, to: 6_000 }];
    assert.deepEqual(judge.heardToItsEnd(heard({ plays, pauses: [{ from: 3_150, to: 3_850 }], receivedAtCut: 3_000, heard: 3_250 }), can), { ok: true, resume: 500 });
});

for (const [what, extra, expected] of [
    ["a question that was not heard", { users: [], answers: [] }, /the question was not heard/],
    ["no answer", { answers: [] }, /no answer came/],
    ["an answer that stops", { answers: [answer({ interrupted: true })], plays: [{ from: 2_000, to: 3_250, cut: "dropped" }] }, /stopped for good 0.25 s after/],
    ["a murmur that is answered", { answers: [answer(), answer({ final: "All right." })] }, /the sound was taken for “.*” and answered: “All right.”/],
    ["another answer", { answers: [answer({ final: "I heard: mm." })] }, /the answer was “I heard: mm.”/],
    ["an answer without its end in words", { answers: [answer({ final: "I can tell" })] }, /only “I can tell” was said/],
    ["a resumed answer without its end in words", { answers: [answer({ final: "I can", planned: "I can" })], plannedAtCut: "I can tell the time." }, /only “I can” was said/],
    ["an answer without its end in sound", { receivedAtCut: 3_000, heard: 2_000 }, /2.00 s of 3.00 s were heard/],
    ["an answer that stays paused", { answers: [answer({ over: false })], pauses: [{ from: 3_200 }] }, /paused and did not go on/],
    ["an answer that does not end", { answers: [answer({ over: false })] }, /did not end/],
]) test(`${what} is no answer that is heard to its end`, () => assert.match(judge.heardToItsEnd(heard(extra), can).what, expected));

test("yes is taken when it is a turn with an answer", () => {
    const yes = { at: 3_600, text: "Yes." };
    const reply = answer({ at: 3_700, final: "All right." });
    const taken = (users, answers) => judge.taken(heard({ users, answers }), { words: /yes/i });
    assert.equal(taken([yes], [answer(), reply]).ok, true);
    assert.match(taken([], [answer()]).what, /not taken as a turn/);
    assert.match(taken([{ at: 3_600, text: "Jazz." }], [answer(), reply]).what, /heard as “Jazz.”/);
    assert.match(taken([yes], [answer()]).what, /not answered/);
});

test("interruption passes when the answer stops and the new one is right", () => {
    const plays = [{ from: 2_000, to: 3_500, cut: "dropped" }];
    const stopped = answer({ interrupted: true });
    const said = (answers, right, more) => judge.interrupted(heard({ plays, answers, wordEnd: 3_300, ...more }), { right });
    assert.deepEqual(said([stopped, answer({ at: 4_000, final: "It is fifty-six." })], /fifty/), { ok: true, stop: 200 });
    assert.deepEqual(said([stopped, answer({ at: 4_000, final: "Okay." })], undefined), { ok: true, stop: 200 });
    assert.equal(said([stopped], undefined).ok, true);
    assert.match(said([stopped], /fifty/).what, /no answer to/);
    assert.match(said([stopped, answer({ at: 4_000, final: "I heard: stuck." })], undefined).what, /it was answered/);
    assert.match(said([answer()], undefined).what, /the answer went on/);
    assert.equal(said([answer({ over: false })], undefined, { pauses: [{ from: 3_500 }] }).ok, true);
    assert.match(said([answer()], /fifty/, { plays: [{ from: 2_000, to: 5_000 }] }).what, /did not stop/);
});

test("sentence in two halves passes when it is one turn with one answer", () => {
    const users = [{ at: 1_500, text: "You cannot reply to this message, because the sender does not have a mailbox." }];
    const said = "You cannot reply to this message because the sender does not have a mailbox.";
    assert.equal(judge.answeredWhole(heard({ users }), { said }).ok, true);
    assert.match(judge.answeredWhole(heard({ users: [{ at: 1, text: "You cannot reply to this message, because" }] }), { said }).what, /heard “You cannot/);
    assert.match(judge.answeredWhole(heard({ users: [...users, ...users] }), { said }).what, /2 turns, 1 answers/);
    assert.match(judge.answeredWhole(heard({ users: [], problems: ["busy"] }), { said }).what, /not heard; the server said “busy”/);
    assert.match(judge.answeredWhole(heard(), { right: /Paris/ }).what, /answered “I can/);
});

test("latency counts from the end of speech to the first sound of its answer", () => {
    const question = { from: 400, to: 1_600 };
    assert.deepEqual(judge.soonAnswered(heard({ question })), { ok: true, latency: 350 });
    assert.match(judge.soonAnswered(heard({ question: { from: 400, to: 2_100 } })).what, /answered 0.15 s before its end/);
    assert.match(judge.soonAnswered(heard({ question, firsts: [] })).what, /no answer/);
});

test("a question without a timely answer counts as late", () => {
    const answered = Array.from({ length: 9 }, () => ({ ok: true, run: 1, latency: 300 }));
    assert.equal(latencies.sum([...answered, { ok: true, run: 1, latency: 800 }]).met, true);
    assert.equal(latencies.sum([...answered, { ok: false, run: 1, what: "no answer came" }]).met, false);
});

test("turns of the assistant with itself are counted", () => {
    assert.deepEqual(judge.withoutItself(heard()), { ok: true, turns: 0 });
    const users = ["What can you do?", "Tell the time.", "Okay."].map((text) => ({ text }));
    assert.match(judge.withoutItself(heard({ users })).what, /2 turns with itself, the first “Tell the time.”/);
});

test("every silence inside an answer is a gap, and sound is timed from mouth to ear", () => {
    const users = [{ at: 9_000, text: "What can you do?" }], questions = [{ from: 8_000, to: 8_800 }];
    const plays = [{ from: 1_250, to: 6_000, piece: 0 }, { from: 9_500, to: 12_000, piece: 40 }];
    const sent = Array.from({ length: 50 }, (_, i) => (i < 40 ? 1_000 : 9_300));
    const far = (extra, gaps = 0) => judge.withoutGaps({ users, questions, plays, sent, answers: [answer(), answer()], ...extra }, { gaps });
    assert.deepEqual(far(), { ok: true, gaps: 0, heard: [250, 200], replies: [700] });
    const broken = [...plays, { from: 12_300, to: 13_000, piece: 45 }];
    assert.match(far({ plays: broken }).what, /1 gaps/);
    assert.equal(far({ plays: broken }, 2).ok, true);
    assert.match(far({ users: [] }).what, /1 questions were taken for 0/);
    assert.match(far({ answers: [answer()] }).what, /1 answers to 1 questions/);
    assert.match(far({ answers: [answer(), answer({ over: false })] }).what, /did not end/);
});

test("right answer that comes once is enough at any speed", () => {
    assert.equal(judge.answeredOnce(heard(), /can/).ok, true);
    assert.match(judge.answeredOnce(heard({ users: [], problems: ["busy"] }), /can/).what, /not heard; the server said “busy”/);
    assert.match(judge.answeredOnce(heard(), /Paris/).what, /answered “I can tell the time.”/);
    assert.match(judge.answeredOnce(heard({ answers: [answer(), answer()] }), /can/).what, /answered twice/);
});

test("network delays within its jitter and keeps the order", () => {
    const random = [0, 1, 0.5, 1][Symbol.iterator]();
    const due = delays({ oneWay: 150, jitter: 20 }, () => random.next().value);
    assert.deepEqual([0, 10, 10, 40].map(due), [130, 180, 180, 210]);
});

test("network that stalls holds everything back until the end of the period", () => {
    const due = delays({ stall: { length: 300, every: 10_000 } });
    assert.deepEqual([0, 9_699, 9_700, 9_999, 10_000, 19_900].map(due), [0, 9_699, 10_000, 10_000, 10_000, 20_000]);
});

/** Feeds a listener an answer of one second, and plays it up to an instant. */
function listening(until) {
    const listener = new Listener();
    const block = { contentId: "t1", role: "ASSISTANT", type: "TEXT", additionalModelFields: '{"generationStage":"SPECULATIVE"}' };
    listener.handle("textOutput", { contentId: "u1", role: "USER", content: "What can you do?" }, 0);
    listener.handle("contentStart", block, 0);
    listener.handle("textOutput", { ...block, content: "I can sing." }, 0);
    listener.handle("audioOutput", { contentId: "a1", content: new Uint8Array(48_000).fill(1) }, 0);
    listener.play(until);
    return listener;
}

test("listener hears an answer to its end in real time", () => {
    const listener = listening(500);
    assert.equal(listener.playing, true);
    listener.handle("contentEnd", { contentId: "a1", type: "AUDIO" }, 500);
    listener.play(2_000);
    near(listener.heard, 1_000, 30);
    assert.equal(listener.plays.length, 1);
    assert.equal(listener.plays[0].cut, undefined);
});

test("paused answer is silent at once, and what was received is forgotten", () => {
    const listener = listening(400);
    listener.handle("answerPaused", {}, 400);
    listener.play(900);
    near(listener.plays[0].to, 400, 40);
    assert.equal(listener.plays[0].cut, "paused");
    assert.equal(listener.plannedAtCut, "I can sing.");
    assert.equal(listener.answering, false);
    listener.handle("answerResumed", {}, 900);
    assert.equal(listener.answering, true);
    listener.handle("audioOutput", { contentId: "a1", content: new Uint8Array(24_000).fill(1) }, 900);
    listener.handle("contentEnd", { contentId: "a1", type: "AUDIO", stopReason: "END_TURN" }, 900);
    listener.play(2_000);
    near(listener.plays[1].to - listener.plays[1].from, 500, 30);
    assert.equal(listener.answers[0].interrupted, false);
});

test("interrupted answer is dropped, also what comes of it later", () => {
    const listener = listening(400);
    listener.handle("contentStart", { contentId: "a1", type: "AUDIO" }, 400);
    listener.handle("bargeIn", {}, 400);
    listener.play(450);
    listener.handle("audioOutput", { contentId: "a1", content: new Uint8Array(24_000).fill(1) }, 450);
    listener.play(2_000);
    near(listener.heard, 400, 40);
    assert.equal(listener.plays.length, 1);
    assert.equal(listener.plays[0].cut, "dropped");
    assert.equal(listener.answers[0].interrupted, true);
});

test("sound that comes after the last of it was heard is a gap, and its piece is known", () => {
    const listener = listening(1_500);
    listener.handle("audioOutput", { contentId: "a1", content: new Uint8Array(24_000).fill(1) }, 1_500);
    listener.handle("contentEnd", { contentId: "a1", type: "AUDIO" }, 1_500);
    listener.play(3_000);
    assert.deepEqual(listener.plays.map(({ piece }) => piece), [0, 1]);
});

test("replaced turn and its answer are void", () => {
    const listener = listening(400);
    listener.handle("turnSuperseded", {}, 400);
    listener.play(1_000);
    assert.equal(listener.playing, false);
    assert.deepEqual(listener.users.map(({ replaced }) => replaced), [true]);
    assert.deepEqual(listener.answers, []);
    assert.equal(listener.replaced[0].planned, "I can sing.");
});
