import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { Uplink } = await fromPage("net/uplink.js");
const { LOST, SpeechLine } = await fromPage("talk/speech-line.js");

const FRAME_MS = 32;
const MOST_KEPT = 469;

/** A server that counts and confirms what it receives, a network that can be cut or blocked, and a microphone. Frames are numbers from 0. */
class World {
  now = 0;
  said = 0;
  received = [];
  replayed = [];
  blocked = false;
  connected = false;
  uplink = new Uplink((frame, again) => this.#deliver(frame, again), () => (this.blocked ? Infinity : 0), () => this.now);
  #reached = 0;

  /** The first `reached` frames on this connection arrive, and the rest are lost on the way. */
  connect({ reached = Infinity, resumed = false, anew = false, count = resumed && !anew ? this.received.length : 0, lost = 0 } = {}) {
    if (!resumed || anew) this.received = [];
    this.connected = true;
    this.#reached = reached;
    this.uplink.offered({ resumed, replay: true, audio: { count, lost }, ...(anew && { anew }) });
    this.uplink.opened();
  }

  cut() {
    this.connected = false;
    this.uplink.disconnected();
  }

  say(frames, rms = 0.1) {
    for (let i = 0; i < frames; i++) {
      this.now += FRAME_MS;
      this.uplink.push(this.said++, !this.connected, rms);
      if (this.connected) this.uplink.pump();
    }
  }

  confirm(more = {}) {
    this.uplink.confirmed({ count: this.received.length, ...more });
  }

  #deliver(frame, again) {
    if (this.#reached-- <= 0) return;
    this.received.push(frame);
    if (again) this.replayed.push(frame);
  }
}

const upTo = (end, from = 0) => Array.from({ length: end - from }, (_, i) => from + i);

test("frames that were lost on the way are sent again, each arrives once and in order", () => {
  const world = new World();
  world.connect({ reached: 40 });
  world.say(30);
  world.confirm();
  world.say(30);
  world.cut();
  world.say(20);
  world.connect({ resumed: true });
  world.say(1);
  assert.deepEqual(world.received, upTo(81));
  assert.equal(world.uplink.lost, 0);
  assert.deepEqual(world.replayed.slice(0, 20), upTo(60, 40), "those that had been sent are marked");
});

test("three outages in a row lose nothing, also without a confirmation between them", () => {
  const world = new World();
  world.connect({ reached: 7 });
  world.say(20);
  world.cut();
  world.connect({ resumed: true, reached: 5 });
  world.say(10);
  world.cut();
  world.say(3);
  world.connect({ resumed: true, reached: 0 });
  world.say(2);
  world.cut();
  world.connect({ resumed: true });
  world.say(1);
  assert.deepEqual(world.received, upTo(36));
});

test("speech from the first click is sent when the conversation opens", () => {
  const world = new World();
  world.say(100);
  world.connect();
  world.say(1);
  assert.deepEqual(world.received, upTo(101));
  assert.ok(world.replayed.length > 60);
});

test("a new conversation gets the speech that the old one did not confirm", () => {
  const world = new World();
  world.connect({ reached: 20 });
  world.say(20);
  world.confirm();
  world.say(10);
  world.cut();
  world.say(5);
  world.connect();
  world.say(1);
  assert.deepEqual(world.received, upTo(36, 20));
  world.confirm();
  world.say(40);
  world.confirm();
  world.cut();
  world.connect({ resumed: true });
  world.say(1);
  assert.deepEqual(world.received, upTo(77, 20));
});

test("another server that goes on with the conversation gets what was not confirmed, and nothing counts as lost", () => {
  const world = new World();
  world.connect({ reached: 30 });
  world.say(30);
  world.confirm();
  world.say(10);
  world.cut();
  world.say(5);
  world.connect({ resumed: true, anew: true });
  world.say(1);
  assert.deepEqual(world.received, upTo(46, 30));
  assert.equal(world.uplink.lost, 0);
  world.confirm();
  world.cut();
  world.connect({ resumed: true });
  world.say(1);
  assert.deepEqual(world.received, upTo(47, 30));
  assert.equal(world.uplink.lost, 0);
});

test("at most fifteen seconds are kept, and the loss of older speech is counted", () => {
  const world = new World();
  world.connect();
  world.say(10);
  world.confirm();
  world.cut();
  world.say(MOST_KEPT);
  assert.equal(world.uplink.lost, 0);
  world.say(20);
  assert.equal(world.uplink.lost, 20);
  world.say(5, 0);
  world.connect({ resumed: true });
  world.say(1);
  assert.deepEqual(world.received.slice(10), upTo(10 + MOST_KEPT + 26, 10 + 26));
});

test("a long silence is shortened while much waits, so that speech before it is kept", () => {
  const world = new World();
  world.connect();
  world.cut();
  world.say(100);
  world.say(1_000, 0.001);
  world.say(20);
  assert.equal(world.uplink.lost, 0);
  world.connect({ resumed: true });
  world.say(1);
  assert.deepEqual(world.received, [...upTo(256), ...upTo(1_121, 1_100)]);
});

test("silence is sent as it is while nothing waits", () => {
  const world = new World();
  world.connect();
  world.say(400, 0);
  assert.equal(world.received.length, 400);
});

test("silence may be forgotten without a word", () => {
  const world = new World();
  world.say(150, 0.001);
  world.say(MOST_KEPT);
  assert.equal(world.uplink.lost, 0);
  world.say(1);
  assert.equal(world.uplink.lost, 1);
});

test("frames that were sent and forgotten are lost only if they did not arrive", () => {
  const arrived = new World();
  arrived.connect();
  arrived.say(MOST_KEPT + 50);
  arrived.cut();
  arrived.connect({ resumed: true });
  assert.equal(arrived.uplink.lost, 0);
  const missing = new World();
  missing.connect({ reached: 20 });
  missing.say(MOST_KEPT + 50);
  missing.cut();
  missing.connect({ resumed: true });
  assert.equal(missing.uplink.lost, 30);
  missing.say(1);
  missing.confirm();
  missing.say(10);
  assert.deepEqual(missing.received.slice(20), upTo(MOST_KEPT + 61, 51));
});

test("frames that the server had no room for are lost, and counted once", () => {
  const world = new World();
  world.connect();
  world.say(20);
  world.confirm({ lost: 3 });
  world.confirm({ lost: 3 });
  assert.equal(world.uplink.lost, 3);
  world.cut();
  world.connect({ resumed: true, lost: 5 });
  assert.equal(world.uplink.lost, 5);
});

test("a stalled network keeps what is said, and is noticed after two seconds", () => {
  const world = new World();
  world.connect();
  world.say(10);
  world.confirm();
  world.blocked = true;
  world.say(62);
  assert.equal(world.uplink.stuck, false, "nothing is under way");
  world.blocked = false;
  world.say(1);
  assert.deepEqual(world.received, upTo(73));
  assert.ok(world.replayed.length > 20, "what waited long is marked");
  world.now += 1_999 - FRAME_MS;
  world.say(1);
  assert.equal(world.uplink.stuck, false);
  world.now += 1;
  assert.equal(world.uplink.stuck, true);
  world.confirm();
  assert.equal(world.uplink.stuck, false);
});

test("a slow connection that confirms each second is not stuck", () => {
  const world = new World();
  world.connect();
  world.say(96);
  for (let second = 1; second <= 5; second++) {
    world.uplink.confirmed({ count: second * 8 });
    world.say(31);
    assert.equal(world.uplink.stuck, false);
  }
  world.say(31);
  world.say(1);
  assert.equal(world.uplink.stuck, true);
});

test("a microphone that has stopped is not a connection that is stuck", () => {
  const world = new World();
  world.connect();
  world.say(10);
  world.now += 3_000;
  assert.equal(world.uplink.stuck, false);
  world.say(1);
  assert.equal(world.uplink.stuck, true);
});

test("losses at the server that were told before the page was loaded anew are not told again", () => {
  const world = new World();
  world.connect({ resumed: true, count: 500, lost: 4 });
  assert.equal(world.uplink.lost, 0);
  world.say(1);
  world.uplink.confirmed({ count: 501, lost: 5 });
  assert.equal(world.uplink.lost, 1);
});

test("a server that confirms nothing gets the last half second, once", () => {
  const world = new World();
  world.say(100);
  world.connected = true;
  world.uplink.opened();
  const sent = [];
  const uplink = new Uplink((frame, replayed) => sent.push([frame, replayed]), () => 0, () => world.now);
  for (const frame of upTo(100)) uplink.push(frame, true);
  uplink.opened();
  uplink.pump();
  assert.deepEqual(sent, upTo(100, 84).map((frame) => [frame, false]));
  uplink.disconnected();
  uplink.opened();
  uplink.pump();
  assert.equal(sent.length, 16);
  assert.equal(uplink.stuck, false);
});

/** A page's line over a connection that keeps what is sent. */
function lineOf() {
  const told = { sent: [], changes: 0, losses: 0, now: 0 };
  const network = { onLine: true };
  const connection = { engine: { writeBuffer: [] }, emit: (...event) => told.sent.push(event) };
  const line = new SpeechLine(connection, { onChange: () => told.changes++, onLost: () => told.losses++ }, { network, clock: () => told.now });
  const say = (frames, open = true) => {
    for (let i = 0; i < frames; i++) {
      told.now += FRAME_MS;
      line.heard(i, 0.1, open);
    }
  };
  return { told, network, line, say };
}

test("replayed speech is marked on the wire", () => {
  const { told, line, say } = lineOf();
  say(40, false);
  line.saw("conversation", { replay: true, resumed: false, audio: { count: 0, lost: 0 } });
  line.opened();
  say(1);
  assert.deepEqual(told.sent[0], ["audioInput", 0, { replayed: true }]);
  assert.deepEqual(told.sent.at(-1), ["audioInput", 0]);
});

test("the page says that there is no connection until speech arrives again", () => {
  const { told, network, line, say } = lineOf();
  line.saw("conversation", { replay: true, audio: { count: 0, lost: 0 } });
  line.opened();
  say(1);
  assert.equal(line.hint, "");
  const { changes } = told;
  say(63);
  assert.equal(line.hint, "No connection. What you say is kept.");
  assert.equal(told.changes, changes + 1);
  line.saw("audioReceived", { count: 64, lost: 0 });
  assert.equal(line.hint, "");
  assert.equal(told.changes, changes + 2);
  network.onLine = false;
  assert.equal(line.hint, "No connection. What you say is kept.");
  network.onLine = true;
  line.disconnected();
  assert.equal(line.hint, "No connection. What you say is kept.");
});

test("a server that keeps nothing is not said to keep it", () => {
  const { network, line } = lineOf();
  line.opened();
  assert.equal(line.hint, "");
  network.onLine = false;
  assert.equal(line.hint, "No connection.");
});

test("lost speech is said once for each outage", () => {
  const { told, line, say } = lineOf();
  const offer = { replay: true, resumed: true, audio: { count: 0, lost: 0 } };
  line.saw("conversation", offer);
  line.opened();
  say(1);
  line.saw("audioReceived", { count: 1, lost: 0 });
  line.disconnected();
  say(MOST_KEPT + 50, false);
  assert.equal(told.losses, 1);
  assert.equal(line.loss, LOST);
  line.saw("conversation", { ...offer, audio: { count: 1, lost: 0 } });
  line.opened();
  assert.equal(line.loss, LOST);
  say(1);
  line.saw("audioReceived", { count: MOST_KEPT, lost: 0 });
  assert.equal(line.loss, "");
  line.saw("audioReceived", { count: MOST_KEPT, lost: 1 });
  assert.equal(told.losses, 2);
});

test("speech from before the server listened may be lost without a word", () => {
  const { told, line, say } = lineOf();
  say(MOST_KEPT + 50, false);
  line.saw("conversation", { replay: true, audio: { count: 0, lost: 0 } });
  line.opened();
  say(1);
  assert.equal(told.losses, 0);
  assert.equal(line.loss, "");
});

test("speech that has not arrived at the end is lost, silence is not", () => {
  const { line, say } = lineOf();
  say(10, false);
  assert.equal(line.lossAtEnd, "", "the server never listened");
  line.saw("conversation", { replay: true, audio: { count: 0, lost: 0 } });
  line.opened();
  say(1);
  line.saw("audioReceived", { count: 11, lost: 0 });
  line.heard(0, 0, true);
  assert.equal(line.lossAtEnd, "");
  line.disconnected();
  say(1, false);
  assert.equal(line.lossAtEnd, LOST);
});
