import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { isLocal, readAddress } = await fromPage("check/server-address.js");
const { browserCauses } = await fromPage("check/causes.js");
const { describe, judge } = await fromPage("check/judgement.js");
const { fragmentOf, readFragment } = await fromPage("check/result-link.js");
const { OTHER_PROBES } = await fromPage("check/other-probes.js");
const { Line } = await fromPage("checkup/line.js");

const healthy = {
  device: { ok: true, secure: true, online: true },
  reach: { ok: true, status: 200, revision: 4, firstMs: 30, medianMs: 8, tookMs: 8 },
  polling: { ok: true, tookMs: 40 },
  pollingSound: { ok: true, unmeasured: true },
  websocket: { ok: true, tookMs: 20 },
  websocketSound: { ok: true, unmeasured: true },
  upgrade: { ok: true, tookMs: 200 },
  quiet: { ok: true, heldMs: 5_000 },
  hidden: false,
};
const ORIGINS = { page: "https://my.page", server: "https://talk.example.org" };
const silent = { ok: false, why: "Failed to fetch" };
const not = { ok: false, why: "x" };
const skipped = { ok: false, skipped: "needs" };
const unreached = { polling: skipped, pollingSound: skipped, websocket: skipped, websocketSound: skipped, upgrade: skipped, quiet: skipped };
const judged = (changes, origins = ORIGINS) => judge({ ...healthy, ...changes }, origins);
const names = (changes, origins = ORIGINS) => browserCauses({ ...healthy, ...changes }, origins).map(({ name, certain }) => `${certain ? "certain" : "possible"} ${name}`);

test("addresses are read as people type them", () => {
  const read = (typed, protocol) => readAddress(typed, protocol);
  assert.deepEqual(read("talk.example.org"), { origin: "https://talk.example.org", path: "/socket.io/" });
  assert.deepEqual(read("localhost:3000", "http:"), { origin: "http://localhost:3000", path: "/socket.io/" });
  assert.deepEqual(read(" 'wss://host/ws' "), { origin: "https://host", path: "/ws/" });
  assert.deepEqual(read("ws://host:81/socket.io/?token=a&b=c"), { origin: "http://host:81", path: "/socket.io/", query: { token: "a", b: "c" } });
  for (const wrong of ["", "  ", "ftp://host", "javascript://x", "http://", "a b"]) assert.throws(() => read(wrong), /reads like/, wrong);
  assert.throws(() => read("https://user:secret@host"), /user name and the password/);
});

test("local hosts are recognised by address and name", () => {
  for (const host of ["localhost", "127.0.0.1", "[::1]", "10.1.2.3", "172.31.0.1", "192.168.1.1", "[fd00::1]", "[fe80::1]", "printer", "nas.local"]) assert.ok(isLocal(host), host);
  for (const host of ["example.org", "172.32.0.1", "11.0.0.1", "[2001:db8::1]", "10.example.org.com"]) assert.ok(!isLocal(host), host);
});

test("a browser's causes are certain only where nothing else explains them", () => {
  assert.deepEqual(names({}), []);
  const gone = { reach: silent, ...unreached };
  assert.deepEqual(names(gone), ["possible certificate"]);
  assert.deepEqual(names(gone, { ...ORIGINS, server: "http://talk.example.org" }), ["certain mixed_content"]);
  assert.deepEqual(names(gone, { ...ORIGINS, server: "http://localhost:3000" }), ["possible private_network"]);
  assert.deepEqual(names(gone, { page: "http://192.168.0.2", server: "http://192.168.0.3" }), []);
  assert.deepEqual(names({ ...gone, reach: { ...silent, local: "denied" } }, { ...ORIGINS, server: "https://192.168.0.3" }), ["certain private_network", "possible certificate"]);
  assert.deepEqual(names({ ...gone, reach: { ...silent, policy: true } }), ["certain page_policy"]);
  const unreadable = { reach: { ok: true, unreadable: true }, polling: not };
  assert.deepEqual(names(unreadable), ["certain cors"]);
  assert.deepEqual(names({ ...unreadable, websocket: not }), ["possible cors"]);
  assert.deepEqual(names({ polling: { ok: true, tookMs: 1, cookies: true } }), ["certain cookies_needed"]);
  assert.deepEqual(names({ polling: { ok: false, why: "x", status: 400, sessionLost: true } }), ["possible session_lost"]);
});

test("the result names what works and what does not", () => {
  assert.deepEqual(judged({}), { grade: "good", sentence: "Works from this browser, by polling and by WebSocket.", advice: "Nothing." });
  assert.match(judged({ websocket: not, websocketSound: skipped, upgrade: not }).sentence, /^Polling works, but WebSocket does not/);
  assert.match(judged({ upgrade: not }).sentence, /^Polling works, but the change from polling to WebSocket does not/);
  assert.match(judged({ reach: { ok: false, status: 502 }, ...unreached }).sentence, /responds with an error \(502\)/);
  assert.equal(judged({ reach: silent, ...unreached }).sentence, "This page cannot reach the server. Possible: the certificate of the server is not accepted, which browsers do not reveal to pages.");
  assert.match(judged({ device: { online: false }, reach: silent, ...unreached }).sentence, /offline/);
  assert.match(judged({ reach: { ok: true, status: 400, code: 0 }, polling: not }).sentence, /offers no polling/);
  assert.match(judged({ quiet: { ok: false, broke: true } }).sentence, /broke off/);
  const never = { ok: false, notOffered: true };
  assert.equal(judged({ websocket: never, upgrade: never }).sentence, "Polling works; the server offers no WebSocket.");
  const sound = { ok: true, sent: 60, answered: 60, changed: 0, p50: 20, p95: 30, p99: 40, sure: true };
  assert.match(judged({ websocketSound: sound }).sentence, /Voice: good, round trip 20 ms\.$/);
  assert.match(judged({ websocketSound: { ...sound, sure: false } }).sentence, /Sound could not be measured/);
  assert.match(judged({ websocketSound: sound, hidden: true }).sentence, /Sound could not be measured/);
});

test("each step of another server has a text", () => {
  const reach = [healthy.reach, silent, { ok: true, unreadable: true }, { ok: true, status: 200, revision: 3, medianMs: 1 }, { ok: true, status: 400, code: 0, medianMs: 1 }, { ok: true, status: 404, html: true, medianMs: 1 }];
  for (const facts of reach) assert.doesNotMatch(describe("reach", facts).text, /undefined|NaN/);
  for (const { id } of OTHER_PROBES) assert.doesNotMatch(describe(id, healthy[id]).text, /undefined|NaN/);
  assert.match(describe("device", { secure: false, online: true }).text, /not secure/);
});

test("a link carries the facts and no secret", () => {
  const secret = "eyJhbGciOiJIUzI1NiJ9.abc123";
  const seen = { ...healthy, websocket: { ok: false, why: `no answer from /socket.io/?sid=Zm9vYmFy&token=${secret}\u202e`, description: secret } };
  const result = { server: "https://talk.example.org", page: "https://my.page", at: new Date(1_000), agent: "Mozilla/5.0", seen };
  const fragment = fragmentOf(result);
  const read = readFragment(fragment);
  assert.deepEqual({ ...read, seen: undefined }, { ...result, seen: undefined });
  assert.equal(read.seen.websocket.why, "no answer from /socket.io/?sid=…&token=…");
  assert.deepEqual(read.seen.reach, healthy.reach);
  assert.doesNotMatch(Buffer.from(fragment.slice(8), "base64url").toString(), /eyJ|Zm9v/);
  assert.equal(readFragment("#other"), undefined);
  assert.equal(readFragment("#result=%"), null);
  assert.equal(readFragment(`#result=${"A".repeat(7_000)}`), null);
});

/** A manager and its socket, as those of socket.io-client; the test decides what they report. */
function fakeIo(script) {
  const made = [];
  const io = (address, options) => {
    const [on, onManager] = [new Map(), new Map()];
    const socket = { address, options, on: (name, act) => on.set(name, act), disconnect: () => (socket.closed = true), timeout: () => ({ emitWithAck: async () => new Uint8Array(1) }) };
    socket.io = { on: (name, act) => onManager.set(name, act), open: (done) => (socket.opened = true, done(script.open)) };
    made.push(socket);
    if (options.autoConnect !== false) setImmediate(() => on.get(script.event)?.(...script.with));
    return socket;
  };
  return { io, made };
}

test("a refused namespace of the echo leaves a connection without a namespace", async () => {
  const { io, made } = fakeIo({ event: "connect_error", with: [Object.assign(new Error("Invalid namespace"), { data: undefined })] });
  const line = await Line.open(io, { origin: "https://host", path: "/ws/" }, ["polling"], new AbortController().signal);
  assert.equal(line.echoes, false);
  assert.deepEqual(made.map(({ address, closed, opened }) => [address, closed, opened]), [["https://host/parley-doctor", true, undefined], ["https://host/parley-doctor", undefined, true]]);
});

test("a session that is lost before it has joined is reported with its status", async () => {
  const { io } = fakeIo({ event: "disconnect", with: ["transport error", { description: 400 }] });
  await assert.rejects(Line.open(io, { path: "/socket.io/" }, ["polling"], new AbortController().signal), { message: "transport error", status: 400 });
});
