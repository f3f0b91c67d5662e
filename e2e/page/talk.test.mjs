import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { next, WORDS } = await fromPage("talk/phase.js");
const Transcript = await fromPage("talk/transcript.js");
const { Answers } = await fromPage("talk/answers.js");
const { ReplyGate } = await fromPage("talk/reply-gate.js");
const { sentenceFor } = await fromPage("talk/server-errors.js");
const { rejoinDelay, socketOptions } = await fromPage("net/options.js");
const { packetsWaiting, Uplink } = await fromPage("net/uplink.js");

const after = (...events) => events.reduce(next, "idle");

test("a turn goes from listening through thinking and speaking back to listening", () => {
  assert.equal(after("start", "connected", "ready"), "listening");
  assert.equal(after("start", "connected", "ready", "userSpoke", "toolUsed"), "thinking");
  assert.equal(after("start", "connected", "ready", "userSpoke", "playing"), "speaking");
  assert.equal(after("start", "connected", "ready", "userSpoke", "playing", "silent"), "listening");
  assert.equal(after("start", "connected", "ready", "userSpoke", "answered"), "listening");
  assert.equal(after("start", "connected", "ready", "playing", "interrupted"), "listening");
});

test("a lost connection is reconnected from everywhere but idle", () => {
  assert.equal(after("lost"), "idle");
  assert.equal(after("start", "connected", "ready", "userSpoke", "lost"), "reconnecting");
  assert.equal(after("start", "connected", "ready", "lost", "connected", "ready"), "listening");
  assert.equal(after("start", "connected", "ready", "stop", "lost"), "stopping");
});

test("late sounds do not restart a stopped conversation", () => {
  assert.equal(after("start", "connected", "ready", "stop", "playing", "userSpoke"), "stopping");
  assert.equal(after("start", "connected", "ready", "stop", "closed", "playing"), "idle");
});

test("unknown event throws, and every phase has a text", () => {
  assert.throws(() => next("idle", "dance"), /dance in idle/);
  for (const words of Object.values(WORDS)) assert.ok(words.title && words.hint);
});

test("audio of blocks before an interruption is dropped", () => {
  const gate = new ReplyGate();
  gate.opened("a");
  assert.ok(gate.admits("a"));
  assert.ok(gate.admits("never-announced"));
  gate.interrupted();
  assert.ok(!gate.admits("a"));
  assert.ok(!gate.admits("never-announced"));
  assert.ok(gate.admits("b"));
  gate.interrupted();
  assert.ok(!gate.admits("a"));
  gate.clear();
  assert.ok(gate.admits("a"));
});

test("a paused answer is silent at once, and its rest is played", () => {
  const done = [];
  const sound = { flush: () => done.push("flush"), play: (content) => done.push(content), end: () => {} };
  const talk = { sound, update: () => {}, step: (event) => done.push(event), voice: { sounding: true }, page: {} };
  const answers = new Answers(talk);
  const send = (name, value) => answers.handle(name, { contentId: "a", ...value });
  send("audioOutput", { content: "first" });
  send("contentEnd", { type: "AUDIO", stopReason: "END_TURN" });
  send("answerPaused");
  send("answerResumed");
  assert.equal(answers.replyOver, false);
  send("audioOutput", { content: "rest" });
  assert.deepEqual(done, ["first", "flush", "rest"]);
});

test("an answer that was paused is shown as interrupted when words have decided", () => {
  let transcript = Transcript.EMPTY;
  const voice = { sounding: true };
  const talk = { voice, sound: { flush: () => (voice.sounding = false), play: () => {}, end: () => {} }, step: () => {}, page: {} };
  talk.update = (edit) => (transcript = edit(transcript));
  const answers = new Answers(talk);
  answers.handle("contentStart", { type: "TEXT", contentId: "a", additionalModelFields: '{"generationStage":"SPECULATIVE"}' });
  answers.handle("textOutput", { contentId: "a", role: "ASSISTANT", content: "A long answer." });
  answers.handle("contentEnd", { contentId: "a", type: "AUDIO", stopReason: "END_TURN" });
  answers.handle("answerPaused", {});
  answers.handle("bargeIn", {});
  assert.equal(transcript.turns[0].interrupted, true);
});

test("typed text that the server repeats was not heard", () => {
  const heard = [];
  const talk = { transcript: Transcript.EMPTY, step: () => {}, hearing: { recognised: () => heard.push(talk.transcript.turns.length) } };
  talk.update = (edit) => (talk.transcript = edit(talk.transcript));
  const answers = new Answers(talk);
  talk.update((t) => Transcript.typed(t, "Hello", 0));
  answers.handle("textOutput", { contentId: "a", role: "USER", content: "Hello" });
  assert.deepEqual(heard, []);
  answers.handle("textOutput", { contentId: "b", role: "USER", content: "Good morning" });
  assert.deepEqual(heard, [2]);
});

test("headphones are noticed once, when they are plugged in", async () => {
  const { awaitHeadphones } = await fromPage("audio/headphones.js");
  const devices = new EventTarget();
  let found = [{ kind: "audiooutput", label: "Built-in Speakers" }];
  devices.enumerateDevices = async () => found;
  let plugged = 0;
  awaitHeadphones(() => plugged++, devices);
  const change = async () => {
    devices.dispatchEvent(new Event("devicechange"));
    await new Promise(setImmediate);
  };
  await change();
  assert.equal(plugged, 0);
  found = [...found, { kind: "audiooutput", label: "USB Headset" }];
  devices.dispatchEvent(new Event("devicechange"));
  await change();
  await change();
  assert.equal(plugged, 1);
  awaitHeadphones(() => plugged++, undefined)();
});

test("every form of error becomes one sentence", () => {
  assert.equal(sentenceFor({ message: "Busy", details: "try later" }), "Busy: try later");
  assert.equal(sentenceFor({ message: "The stream ended.", details: "no credit" }), "The stream ended: no credit");
  for (const [message, details] of [["The model is busy", "The model is busy."], ["Busy", "Busy: try later"], ["Busy: try later", "try later"]]) {
    assert.equal(sentenceFor({ message, details }), message.length > details.length ? message : details, "nothing is said twice");
  }
  assert.match(sentenceFor({ type: "throttlingException", details: "x" }), /busy/);
  assert.equal(sentenceFor({ source: "responseStream", message: "Ended" }), "Ended");
  for (const odd of [undefined, null, {}, { source: "bidirectionalStream", error: {} }]) assert.match(sentenceFor(odd), /problem/);
});

test("transports follow the address, and the rest are the client's defaults", () => {
  assert.deepEqual(socketOptions("").transports, ["polling", "websocket"]);
  assert.deepEqual(socketOptions("?transport=polling").transports, ["polling"]);
  assert.equal(socketOptions("?transport=polling").upgrade, false);
  assert.deepEqual(socketOptions("?transport=websocket").transports, ["websocket"]);
  assert.deepEqual(socketOptions("?transport=nonsense"), socketOptions("?transport=upgrade"));
  const { reconnectionAttempts, reconnectionDelay, reconnectionDelayMax, timeout, rememberUpgrade } = socketOptions("");
  assert.deepEqual([reconnectionAttempts, reconnectionDelay, reconnectionDelayMax, timeout, rememberUpgrade], [10, 1000, 5000, 20000, true]);
  assert.deepEqual([1, 2, 3, 4, 9].map(rejoinDelay), [1000, 2000, 4000, 5000, 5000]);
});

test("server provides its path and transports", () => {
  assert.equal(socketOptions("").path, "/socket.io/");
  const websocketOnly = { path: "/talk/", transports: ["websocket"] };
  assert.equal(socketOptions("", websocketOnly).path, "/talk/");
  assert.deepEqual(socketOptions("", websocketOnly).transports, ["websocket"]);
  assert.equal(socketOptions("", websocketOnly).upgrade, false);
  assert.deepEqual(socketOptions("?transport=polling", websocketOnly).transports, ["polling"], "asked for by name");
});

/** An uplink whose engine holds packets until the test drains it. */
function slowUplink() {
  const engine = { packets: 0, now: 0, sent: [] };
  const send = (frame) => {
    engine.sent.push(frame);
    engine.packets += 2;
  };
  const uplink = new Uplink(send, () => engine.packets, () => engine.now);
  uplink.opened();
  const say = (from, to) => {
    for (let frame = from; frame < to; frame++) {
      engine.now += 32;
      uplink.push(frame);
      uplink.pump();
    }
  };
  return { engine, uplink, say };
}

test("blocked engine holds a bounded amount; oldest speech is dropped", () => {
  const { engine, uplink, say } = slowUplink();
  say(0, 100);
  assert.equal(engine.sent.length, 48);
  assert.equal(uplink.dropped, 100 - 48 - 16);
  assert.ok(uplink.troubled);
  engine.packets = 0;
  say(100, 101);
  assert.deepEqual(engine.sent.slice(48), Array.from({ length: 16 }, (_, i) => 85 + i));
});

test("loss is forgotten after five seconds without loss", () => {
  const { engine, uplink, say } = slowUplink();
  say(0, 100);
  engine.now += 5_001;
  assert.equal(uplink.troubled, false);
});

test("speech before the opening is kept for half a second", () => {
  const { engine, uplink } = slowUplink();
  for (let frame = 0; frame < 40; frame++) uplink.push(frame, true);
  assert.equal(uplink.dropped, 0);
  uplink.pump();
  assert.deepEqual(engine.sent, Array.from({ length: 16 }, (_, i) => 24 + i));
});

test("waiting packets include unsent WebSocket data", () => {
  assert.equal(packetsWaiting(undefined), Infinity);
  assert.equal(packetsWaiting({ writeBuffer: [1, 2, 3], transport: {} }), 3);
  assert.equal(packetsWaiting({ writeBuffer: [], transport: { ws: { bufferedAmount: 51_200 } } }), 100);
});
