import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { detailsOf, qualityOf } = await fromPage("net/quality.js");
const { Pulse } = await fromPage("net/pulse.js");
const { span } = await fromPage("checkup/numbers.js");

const well = { phase: "listening", connected: true, online: true, attempt: 0, roundTrip: 30, waiting: 0, losing: false };
const text = (changes) => qualityOf({ ...well, ...changes }).text;

test("connection is good, slow, being made or missing", () => {
  assert.equal(text({}), "Good connection");
  assert.equal(text({ roundTrip: undefined }), "Connecting …");
  for (const slow of [{ roundTrip: 900 }, { waiting: 1_500 }, { losing: true }]) assert.equal(text(slow), "Slow connection");
  const lost = { phase: "reconnecting", connected: false, roundTrip: undefined };
  assert.equal(text(lost), "Connecting …");
  assert.equal(text({ ...lost, attempt: 1 }), "Connecting …");
  assert.equal(text({ ...lost, attempt: 2 }), "No connection");
  assert.equal(text({ online: false }), "No connection");
  assert.equal(text({ phase: "idle", connected: false }), "Not connected");
  assert.equal(text({ phase: "idle", connected: false, online: false }), "No connection");
});

test("details name the transport and the round trip, and no negative time", () => {
  assert.equal(detailsOf({ transport: "websocket", upgradedAfter: 321.4, roundTrip: 24.2 }), "Connected by WebSocket, changed from polling after 321 ms. Round trip 24 ms.");
  assert.equal(detailsOf({ transport: "polling", upgradedAfter: undefined, roundTrip: 1_250 }), "Connected by long polling. Round trip 1.3 s.");
  assert.equal(detailsOf({ transport: "polling" }), "Connected by long polling.");
  assert.match(detailsOf({ transport: null }), /^Press Talk to connect/);
  assert.doesNotMatch(detailsOf({ transport: "websocket", upgradedAfter: -3, roundTrip: -0.2 }), /-/);
  assert.equal(span(-5), "0.0 ms");
});

/** A pulse whose server answers after as long as the test says, never if that is undefined. */
function pulse() {
  const server = { now: 0, changes: 0 };
  const ask = async () => {
    if (server.takes === undefined) throw new Error("no answer");
    server.now += server.takes;
  };
  const made = new Pulse(() => server.changes++, ask, () => server.now);
  const measure = async (takes) => {
    server.takes = takes;
    await made.measure();
  };
  return { pulse: made, server, measure };
}

test("pulse is the middle of the last five round trips, the shorter of two", async () => {
  const { pulse: made, server, measure } = pulse();
  assert.equal(made.roundTrip, undefined);
  await measure(300);
  assert.equal(made.roundTrip, 300);
  await measure(40);
  assert.equal(made.roundTrip, 40);
  for (const takes of [60, 50, 55, 52, 58]) await measure(takes);
  assert.equal(made.roundTrip, 55);
  assert.equal(server.changes, 7);
});

test("pulse waits from the first request that was not answered, and a clock set back makes no negative time", async () => {
  const { pulse: made, server, measure } = pulse();
  await measure(undefined);
  server.now = 2_000;
  await measure(undefined);
  assert.equal(made.waiting, 2_000);
  await measure(-10);
  assert.deepEqual([made.waiting, made.roundTrip], [0, 0]);
});
