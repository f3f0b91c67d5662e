import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const T = await fromPage("talk/transcript.js");
const { nameOf, speakerOf } = await fromPage("ui/speaker-name.js");
const { transcriptText } = await fromPage("ui/transcript-file.js");

/** Plays a script of steps: `[contentId, role, stage, text]`, or a function. */
const play = (...steps) => steps.reduce((transcript, step) => (typeof step === "function" ? step(transcript) : say(transcript, ...step)), T.EMPTY);

function say(transcript, contentId, role, stage, content) {
  const additionalModelFields = JSON.stringify({ generationStage: stage });
  return T.said(T.opened(transcript, { contentId, additionalModelFields }), { contentId, role, content }, 0);
}

const shown = (transcript) => transcript.turns.map((turn) => `${turn.role}: ${T.textOf(turn)}`);

test("replaces planned sentences by final ones, one by one", () => {
  const midway = play(
    ["u1", "USER", "FINAL", "What time is it?"],
    ["s1", "ASSISTANT", "SPECULATIVE", "It is nine."],
    ["s2", "ASSISTANT", "SPECULATIVE", "Anything else?"],
    ["f1", "ASSISTANT", "FINAL", "It is nine o'clock."],
  );
  assert.deepEqual(shown(midway), ["user: What time is it?", "assistant: It is nine o'clock. Anything else?"]);
  assert.deepEqual(T.partsOf(midway.turns[1]).map(({ planned }) => planned), [false, true]);
});

test("shows a final text once that another server sends again", () => {
  const sameBlock = play(["s1", "ASSISTANT", "SPECULATIVE", "One."], ["s1", "ASSISTANT", "FINAL", "One."], ["s1", "ASSISTANT", "FINAL", "One."]);
  assert.deepEqual(shown(sameBlock), ["assistant: One."]);
  const plannedBlock = play(["s1", "ASSISTANT", "SPECULATIVE", "One."], ["f1", "ASSISTANT", "FINAL", "One."], ["s1", "ASSISTANT", "FINAL", "One."]);
  assert.deepEqual(shown(plannedBlock), ["assistant: One."]);
});

test("shows equal sentences of one turn each", () => {
  const twice = play(
    ["s1", "ASSISTANT", "SPECULATIVE", "No."],
    ["s2", "ASSISTANT", "SPECULATIVE", "No."],
    ["s1", "ASSISTANT", "FINAL", "No."],
    ["s2", "ASSISTANT", "FINAL", "No."],
  );
  assert.deepEqual(shown(twice), ["assistant: No. No."]);
  assert.equal(twice.turns[0].finals.length, 2);
});

test("late final texts stay with their turn", () => {
  const late = play(
    ["s1", "ASSISTANT", "SPECULATIVE", "First answer."],
    (t) => T.turnEnded(t, "s1"),
    ["u1", "USER", "FINAL", "And now?"],
    ["f1", "ASSISTANT", "FINAL", "First answer."],
    ["s2", "ASSISTANT", "SPECULATIVE", "Second answer."],
  );
  assert.deepEqual(shown(late), ["assistant: First answer.", "user: And now?", "assistant: Second answer."]);
  assert.equal(late.turns[0].finals.length, 1);
});

test("the end of an old turn does not cut the new one in two", () => {
  const overlapping = play(
    ["s1", "ASSISTANT", "SPECULATIVE", "Old."],
    ["u1", "USER", "FINAL", "Go on."],
    ["s2", "ASSISTANT", "SPECULATIVE", "New one."],
    ["f1", "ASSISTANT", "FINAL", "Old."],
    (t) => T.turnEnded(t, "f1"),
    ["s3", "ASSISTANT", "SPECULATIVE", "New two."],
  );
  assert.deepEqual(shown(overlapping), ["assistant: Old.", "user: Go on.", "assistant: New one. New two."]);
});

test("a turn that the user continued is removed with its answer", () => {
  const joined = play(
    ["u1", "USER", "FINAL", "Hello."],
    ["s1", "ASSISTANT", "FINAL", "Hi."],
    ["u2", "USER", "FINAL", "Set a timer for."],
    ["s2", "ASSISTANT", "SPECULATIVE", "For how long?"],
    T.superseded,
    ["u3", "USER", "FINAL", "Set a timer for ten seconds."],
  );
  assert.deepEqual(shown(joined), ["user: Hello.", "assistant: Hi.", "user: Set a timer for ten seconds."]);
  assert.deepEqual(T.superseded(T.EMPTY), T.EMPTY);
  const twice = play(["u1", "USER", "FINAL", "What time is it?"], ["u2", "USER", "FINAL", "Set a timer for."], T.superseded);
  assert.deepEqual(shown(twice), ["user: What time is it?"]);
});

test("one final for several planned sentences does not show them twice", () => {
  const merged = play(
    ["s1", "ASSISTANT", "SPECULATIVE", "One."],
    ["s2", "ASSISTANT", "SPECULATIVE", "Two."],
    ["f1", "ASSISTANT", "FINAL", "One. Two."],
  );
  assert.deepEqual(shown(merged), ["assistant: One. Two."]);
});

test("text that was not spoken is omitted after interruption", () => {
  const cut = play(
    ["s1", "ASSISTANT", "SPECULATIVE", "A long story begins."],
    ["s2", "ASSISTANT", "SPECULATIVE", "It never ends."],
    ["f1", "ASSISTANT", "FINAL", "A long story"],
    (t) => T.interrupted(t, true),
    ["u1", "USER", "FINAL", "Stop."],
    ["s3", "ASSISTANT", "SPECULATIVE", "All right."],
  );
  assert.deepEqual(shown(cut), ["assistant: A long story", "user: Stop.", "assistant: All right."]);
  assert.equal(cut.turns[0].interrupted, true);
});

test("barge-in in silence leaves a finished turn unchanged", () => {
  const done = play(["f1", "ASSISTANT", "FINAL", "Done."], (t) => T.turnEnded(t, "f1"), (t) => T.interrupted(t, false));
  assert.equal(done.turns[0].interrupted, false);
});

test("complete text that still plays is interrupted", () => {
  const done = play(["f1", "ASSISTANT", "FINAL", "Done."], (t) => T.turnEnded(t, "f1"), (t) => T.interrupted(t, true));
  assert.equal(done.turns[0].interrupted, true);
});

test("never shows the interruption marker", () => {
  const marked = play(["m", "ASSISTANT", "FINAL", '{ "interrupted" : true }']);
  assert.deepEqual(marked.turns, []);
  assert.ok(T.isInterruptionMark('{"interrupted":true}'));
  assert.ok(!T.isInterruptionMark("interrupted"));
});

test("blocks of the user are joined until a reply", () => {
  const joined = play(
    ["u1", "USER", "FINAL", "Remember that"],
    ["u2", "USER", "FINAL", "I like tea."],
    ["s1", "ASSISTANT", "SPECULATIVE", "I will."],
    ["u3", "USER", "FINAL", "Thanks."],
  );
  assert.deepEqual(shown(joined), ["user: Remember that I like tea.", "assistant: I will.", "user: Thanks."]);
});

test("adds up several events of one block", () => {
  const t = play(["u1", "USER", "FINAL", "Hello "]);
  assert.deepEqual(shown(T.said(t, { contentId: "u1", role: "USER", content: "there" }, 0)), ["user: Hello there"]);
});

test("typed text is shown once despite the server's echo", () => {
  const echoed = play((t) => T.typed(t, "What is 2 plus 2?", 0), ["u1", "USER", "FINAL", "What is 2 plus 2?"]);
  assert.deepEqual(shown(echoed), ["user: What is 2 plus 2?"]);
  const other = play((t) => T.typed(t, "Hi", 0), ["u1", "USER", "FINAL", "Good morning."]);
  assert.deepEqual(shown(other), ["user: Hi", "user: Good morning."]);
});

test("tool call and result are shown on the assistant's turn", () => {
  const use = { toolUseId: "t1", toolName: "clock", content: '{"zone":"UTC"}' };
  const used = play(["u1", "USER", "FINAL", "Time?"], (t) => T.usedTool(t, use, 0), ["s1", "ASSISTANT", "SPECULATIVE", "Nine."]);
  assert.deepEqual(shown(used), ["user: Time?", "assistant: Nine."]);
  assert.deepEqual(used.turns[1].tools, [{ id: "t1", name: "clock", asked: '{"zone":"UTC"}', answered: undefined }]);
  const answered = T.toolAnswered(T.typed(used, "And?", 0), { toolUseId: "t1", result: { time: "9:00" } });
  assert.equal(answered.turns[1].tools[0].answered, '{"time":"9:00"}');
  assert.equal(T.toolAnswered(answered, { toolUseId: "t1", result: "again" }), answered);
  assert.equal(T.toolAnswered(answered, { toolUseId: "unknown", result: 1 }), answered);
});

test("arguments and result of a tool are shortened", () => {
  const used = T.usedTool(T.EMPTY, { toolUseId: "t1", toolName: "flood", content: "x".repeat(5_000) }, 0);
  const answered = T.toolAnswered(used, { toolUseId: "t1", result: "y".repeat(5_000) });
  assert.equal(answered.turns[0].tools[0].asked.length, 2_001);
  assert.equal(answered.turns[0].tools[0].answered.length, 2_001);
});

test("invalid JSON and unannounced blocks are tolerated", () => {
  const t = T.opened(T.EMPTY, { contentId: "x", additionalModelFields: "{oops" });
  assert.deepEqual(shown(T.said(t, { contentId: "y", role: "ASSISTANT", content: "Hi." }, 0)), ["assistant: Hi."]);
});

test("keeps at most 500 turns", () => {
  let t = T.EMPTY;
  for (let i = 0; i < 600; i++) t = T.typed(t, `${i}`, 0);
  assert.equal(t.turns.length, 500);
  assert.equal(T.textOf(t.turns[0]), "100");
});

const answered = (content) => (t) => T.said(t, { contentId: content, role: "ASSISTANT", content }, 0);
const asked = (content) => (t) => T.typed(t, content, 0);

test("new conversation is divided from the one before, and the first from nothing", () => {
  const anew = (pending) => (t) => T.began(t, 7, pending);
  assert.deepEqual(play(anew(0)).turns, []);
  assert.deepEqual(shown(play(asked("Hi"), anew(1), answered("Hello."))), ["user: Hi", "assistant: Hello."]);
  const two = play(asked("Hi"), answered("Hello."), anew(0), anew(0), answered("Good day."));
  assert.deepEqual(shown(two), ["user: Hi", "assistant: Hello.", "divider: ", "assistant: Good day."]);
  assert.equal(two.turns[2].at, 7);
});

test("texts typed for a new conversation stand below its divider, others above it", () => {
  const t = play(asked("Hi"), answered("Hello."), asked("Bye"), asked("Again"), (t) => T.began(t, 0, 1));
  assert.deepEqual(shown(t), ["user: Hi", "assistant: Hello.", "user: Bye", "divider: ", "user: Again"]);
});

test("events of a new conversation leave the one before as it was", () => {
  const before = play(asked("Hi"), (t) => T.opened(t, { contentId: "s", additionalModelFields: '{"generationStage":"SPECULATIVE"}' }), (t) => T.said(t, { contentId: "s", role: "ASSISTANT", content: "Hello." }, 0), (t) => T.began(t, 0));
  for (const event of [(t) => T.interrupted(t, true), T.superseded, (t) => T.turnEnded(t, "none")]) assert.deepEqual(event(before).turns, before.turns);
  const late = T.said(T.opened(before, { contentId: "f" }), { contentId: "f", role: "ASSISTANT", content: "Hello." }, 0);
  assert.deepEqual(late.turns.slice(0, 3), before.turns);
});

test("assistant speaks under the name of its persona, and what was said keeps its name", () => {
  const t = play((t) => T.spokenBy(t, "Maya"), asked("Hi"), answered("Hello."), (t) => T.began(t, 0), (t) => T.spokenBy(t, undefined), answered("Good day."));
  assert.deepEqual(t.turns.map(nameOf), ["You", "Maya", "Parley", "Parley"]);
  assert.deepEqual([{ name: "Dental receptionist" }, { name: "Assistant" }, undefined].map(speakerOf), ["Dental receptionist", undefined, undefined]);
  assert.match(transcriptText(t, new Date(0)), /\] Maya: Hello\.\n\n\[.*\] New conversation\n\n\[.*\] Parley: Good day\./);
});

test("writes the transcript as a text file", () => {
  const at = new Date(2026, 0, 2, 3, 4, 5);
  const t = T.interrupted(T.said(T.typed(T.EMPTY, "Hi", at.getTime()), { contentId: "a", role: "ASSISTANT", content: "Hello." }, at.getTime()), true);
  assert.equal(
    transcriptText(t, at),
    "Conversation with Parley, 2026-01-02 03:04:05\n\n[03:04:05] You: Hi\n[03:04:05] Parley: Hello. [interrupted]\n",
  );
});
