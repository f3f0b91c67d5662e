import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPage } from "./page.mjs";

const { figures, grade, percentile, span } = await fromPage("checkup/numbers.js");
const { frame, pace } = await fromPage("checkup/pace.js");
const { inWords } = await fromPage("checkup/words.js");
const { verdict } = await fromPage("checkup/verdict.js");
const { redacted, reportText } = await fromPage("checkup/report.js");
const { Checkup } = await fromPage("checkup/checkup.js");

const at = (p99, more = {}) => ({ ok: true, sent: 90, answered: 90, changed: 0, p50: 20, p95: 30, p99, sure: true, ...more });
const healthy = {
  device: { ok: true, secure: true, microphone: "granted", online: true, clockStepMs: 0.1 },
  reach: { ok: true, status: 200, firstMs: 30, medianMs: 8, protocol: "h2", clockOffMs: 3 },
  polling: { ok: true, tookMs: 40 },
  pollingSound: at(94),
  websocket: { ok: true, tookMs: 20 },
  websocketSound: at(24),
  upgrade: { ok: true, tookMs: 200 },
  quiet: { ok: true, heldMs: 5_000 },
  hidden: false,
};
const blocked = { ...healthy, websocket: { ok: false, why: "websocket error" }, websocketSound: { ok: false, skipped: "needs" }, upgrade: { ok: false, why: "websocket error" } };
const judged = (changes) => verdict({ ...healthy, ...changes });

test("statistics use received echoes; missing ones count as lost", () => {
  assert.equal(percentile([3, 1, 2], 50), 2);
  assert.equal(percentile([], 50), undefined);
  const seen = figures({ sent: 4, late: 0, trips: [{ ms: 10, same: true }, { ms: 30, same: false }, { ms: 20, same: true }] });
  assert.deepEqual(seen, { sent: 4, answered: 3, changed: 1, p50: 20, p95: 30, p99: 30, sure: true });
  assert.equal(figures({ sent: 10, late: 2, trips: [] }).sure, false);
  assert.deepEqual([4.25, 24.4, 1_340].map(span), ["4.3 ms", "24 ms", "1.3 s"]);
});

test("grades use the doctor's limits", () => {
  assert.deepEqual([at(250), at(251), at(600), at(601)].map(grade), ["good", "fair", "fair", "bad"]);
  assert.deepEqual([at(20, { answered: 86 }), at(20, { answered: 85 }), at(20, { answered: 67 }), at(20, { answered: 0 }), at(20, { changed: 1 })].map(grade), ["good", "fair", "bad", "bad", "bad"]);
});

test("frames are paced, compared, and abandoned at disconnection", async () => {
  const { signal } = new AbortController();
  const echo = async (bytes) => bytes;
  const damage = async (bytes) => bytes.with(7, bytes[7] ^ 1);
  const way = { frames: 5, every: 1, timeout: 50, signal };
  assert.deepEqual((await pace(echo, way)).trips.map(({ same }) => same), [true, true, true, true, true]);
  assert.deepEqual((await pace(damage, way)).trips.map(({ same }) => same), [false, false, false, false, false]);
  assert.equal((await pace(async () => Promise.reject(new Error("late")), way)).trips.length, 0);
  const broken = new AbortController();
  let asked = 0;
  const cut = await pace(() => (++asked === 3 && broken.abort(), new Promise(() => {})), { ...way, frames: 1_000, timeout: 60_000, signal: broken.signal });
  assert.equal(cut.sent, 3);
  assert.notDeepEqual(frame(1), frame(2));
});

test("healthy connection is good and names its transport", () => {
  assert.deepEqual(judged({}), {
    grade: "good",
    sentence: "Your connection is good: round trip 20 ms over WebSocket.",
    advice: "Nothing. If it still does not work, the problem is not in your network.",
  });
});

test("blocked WebSocket is good if polling carries sound", () => {
  assert.equal(verdict(blocked).grade, "good");
  assert.match(verdict(blocked).sentence, /blocks WebSocket, but sound comes through well without it \(round trip 20 ms by polling\)/);
  assert.equal(verdict({ ...blocked, pollingSound: at(400) }).grade, "fair");
  assert.equal(verdict({ ...blocked, pollingSound: at(900) }).grade, "bad");
  const never = { ok: false, notOffered: true };
  assert.doesNotMatch(judged({ websocket: never, upgrade: never }).sentence, /blocks/);
});

test("failed connection names the step that failed", () => {
  const not = { ok: false, why: "x" };
  const skipped = { ok: false, skipped: "needs" };
  const unreached = { polling: skipped, websocket: skipped };
  assert.match(judged({ reach: not, ...unreached }).sentence, /cannot reach the server/);
  assert.match(judged({ reach: { ok: false, status: 502 }, ...unreached }).sentence, /in front of it responds with an error \(502\)/);
  assert.match(judged({ reach: not, device: { ...healthy.device, online: false }, ...unreached }).sentence, /offline/);
  assert.match(judged({ polling: not, websocket: not }).sentence, /no connection for a conversation/);
  assert.match(judged({ polling: not, upgrade: skipped }).sentence, /WebSocket works, but polling, with which this page begins, does not/);
  assert.equal(judged({ polling: { ok: false, notOffered: true }, upgrade: skipped }).grade, "good");
  assert.match(judged({ quiet: { ok: false, broke: true } }).sentence, /broke off/);
  for (const changes of [{ reach: not }, { polling: not, websocket: not }]) assert.equal(judged(changes).grade, "bad");
});

test("delays of this device do not count against the connection", () => {
  assert.match(judged({ websocketSound: at(900, { sure: false }) }).sentence, /this device was too busy/);
  assert.match(judged({ hidden: true }).sentence, /connect over WebSocket, but this device was too busy/);
  assert.match(verdict({ ...blocked, hidden: true }).sentence, /connect by polling, but this device was too busy .*; a proxy or network blocks WebSocket/);
});

test("server without an echo is graded without sound", () => {
  const silent = { ok: true, unmeasured: true };
  assert.match(judged({ pollingSound: silent, websocketSound: silent }).sentence, /connect over WebSocket, but this server sends no echo/);
});

test("missing microphone is named in the advice", () => {
  const microphone = (state) => judged({ device: { ...healthy.device, microphone: state } });
  assert.match(microphone("denied").advice, /allow the microphone/);
  assert.equal(microphone("denied").grade, "fair");
  assert.match(microphone("none").advice, /connect a microphone/);
  assert.match(judged({ device: { ...healthy.device, secure: false, microphone: "unsupported" } }).advice, /https address/);
});

test("each step has a text for its result", () => {
  for (const seen of [healthy, blocked]) {
    for (const [id, facts] of Object.entries(seen).filter(([id]) => id !== "hidden")) {
      const { state, text } = inWords(id, facts);
      assert.ok(["good", "note", "bad", "skipped"].includes(state), id);
      assert.doesNotMatch(text, /undefined|NaN|\.\./, id);
    }
  }
  assert.equal(inWords("reach", healthy.reach).text, "Responds in 8.0 ms (the first time 30 ms), over HTTP/2.");
  assert.equal(inWords("reach", { ...healthy.reach, clockOffMs: -120_000 }).state, "note");
  assert.equal(inWords("pollingSound", at(24, { answered: 80, changed: 2 })).text, "Round trip 20 ms; 95 % within 30 ms, 99 % within 24 ms. 10 of 90 did not come back in time. 2 came back changed.");
  assert.match(inWords("websocketSound", at(24, { ok: false, broke: true, why: "transport close", answered: 4 })).text, /broke off \(transport close\) after 4 of 90/);
});

test("text for support contains each step and no secret", () => {
  const secret = "eyJhbGciOiJIUzI1NiJ9.abc123";
  const seen = { ...blocked, upgrade: { ok: false, why: `no answer from /socket.io/?EIO=4&sid=Zm9vYmFy&token=${secret}; ${secret}` } };
  const text = reportText(seen, { origin: "https://talk.example.org", agent: "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0.6778.33", at: new Date(0) });
  assert.match(text, /^GOOD: /m);
  assert.match(text, /^\[note\] Changing from polling to WebSocket: It stays on polling \(no answer from \/socket\.io\/\?EIO=…&sid=…&token=… …\)\.$/m);
  assert.match(text, /^Browser: {4}Mozilla\/5\.0 \(X11; Linux x86_64\) HeadlessChrome\/131\.0\.6778\.33$/m);
  for (const hidden of [secret, "Zm9vYmFy"]) assert.ok(!text.includes(hidden));
  assert.equal(redacted("over WebSocket in 20 ms, xhr-poll-error"), "over WebSocket in 20 ms, xhr-poll-error");
});

/** Runs probes of the test's own; the page they would run in stays in front. */
async function check(probes, limit) {
  globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
  const steps = [];
  return new Promise((resolve) => {
    const listener = { onStep: (id, facts) => steps.push(facts ? `${id} ${facts.skipped ?? facts.ok}` : id), onEnd: (seen) => resolve({ steps, seen }) };
    new Checkup(listener, { probes, limit, client: async () => ({ endpoint: {}, io: {} }) }).run();
  });
}

test("probe is skipped after a failure; exceptions are failures", async () => {
  const { steps, seen } = await check([
    { id: "a", limit: 1_000, look: async () => { throw new Error("no way"); } },
    { id: "b", needs: "a", limit: 1_000, look: async () => ({ ok: true }) },
    { id: "c", limit: 1_000, look: async () => ({ ok: true }) },
  ], 3_600_000);
  assert.deepEqual(steps, ["a", "a false", "b needs", "c", "c true"]);
  assert.equal(seen.a.why, "no way");
});

test("probes and the whole check end at their limits", async () => {
  const never = () => new Promise(() => {});
  const alone = await check([{ id: "a", limit: 20, look: never }, { id: "b", limit: 1_000, look: async () => ({ ok: true }) }], 3_600_000);
  assert.deepEqual(alone.steps, ["a", "a false", "b", "b true"]);
  assert.match(alone.seen.a.why, /no response within 0.02 seconds/);
  const whole = await check([{ id: "a", limit: 60_000, look: never }, { id: "b", limit: 60_000, look: never }], 20);
  assert.deepEqual(whole.steps, ["a", "a false", "b time"]);
});
