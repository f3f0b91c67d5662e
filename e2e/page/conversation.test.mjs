import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { browser, endAll, offer, settled, talking } from "./browser.mjs";
import { fromPage } from "./page.mjs";

const { LOST } = await fromPage("talk/speech-line.js");

const MOST_KEPT = 469;

afterEach(endAll);

const resumes = async (socket) => (socket.receive("conversation", offer({ resumed: true })), { success: true });

test("a conversation that is resumed in line keeps its place, and speech stays in the page", async () => {
  const { conversation, socket, say, sounds } = await talking();
  socket.receive("queue", { position: 2 });
  say(10);
  assert.equal(sounds(), 0);
  browser.answer = resumes;
  socket.disconnect("transport close");
  assert.equal(conversation.place, 0);
  socket.disconnect("transport close");
  socket.connect();
  await settled();
  say(10);
  assert.deepEqual([conversation.phase, conversation.place, sounds()], ["listening", 2, 0]);
  socket.receive("queue", { position: 0 });
  say(1);
  assert.equal(sounds(), 21);
  socket.disconnect("transport close");
  socket.connect();
  await settled();
  assert.equal(conversation.place, 0, "it has left the line");
});

test("a place in line is lost with the conversation, also if the server does not tell", async () => {
  for (const answer of [async (socket) => (socket.receive("conversation", offer()), { success: true }), async () => ({ success: true })]) {
    const { conversation, socket, say, sounds } = await talking({ answer });
    socket.receive("queue", { position: 2 });
    socket.disconnect("transport close");
    socket.connect();
    await settled();
    say(1);
    assert.deepEqual([conversation.place, sounds()], [0, 1]);
  }
});

test("speech that was lost is told when a new conversation begins", async () => {
  const { socket, say, notices } = await talking();
  say(1);
  socket.disconnect("transport close");
  say(MOST_KEPT + 1);
  socket.connect();
  await settled();
  assert.equal(notices.at(-1), `The connection was lost and is back. A new conversation has started. ${LOST}`);
});

test("speech that the page still has when it gives up is lost", async () => {
  const { socket, say, notices } = await talking();
  say(1);
  socket.receive("audioReceived", { count: 1, lost: 0 });
  socket.disconnect("transport close");
  say(1);
  socket.giveUp();
  assert.equal(notices.at(-1), `The server cannot be reached. Check your network, then press Talk to try again. ${LOST}`);

  const silent = await talking();
  silent.say(1);
  silent.socket.receive("audioReceived", { count: 1, lost: 0 });
  silent.socket.disconnect("transport close");
  silent.say(1, 0);
  silent.socket.giveUp();
  assert.equal(silent.notices.at(-1), "The server cannot be reached. Check your network, then press Talk to try again.");
});

test("what the client kept for a lost connection is not sent on the next one", async () => {
  const { socket } = await talking();
  socket.sendBuffer.push("a frame");
  socket.disconnect("ping timeout");
  assert.deepEqual(socket.sendBuffer, []);
});

for (const [how, load] of [
  ["loads", (loaded) => loaded.resolve()],
  ["fails to load", (loaded) => loaded.reject(new Error("no"))],
]) {
  test(`a sound that ${how} after the conversation ended is left alone`, async () => {
    const { conversation, notices } = await talking();
    const { asked } = browser;
    const loaded = {};
    browser.loaded = () => new Promise((resolve, reject) => Object.assign(loaded, { resolve, reject }));
    const renewed = conversation.renewSound();
    conversation.finish("");
    notices.length = 0;
    load(loaded);
    await renewed;
    assert.equal(browser.asked, asked);
    assert.deepEqual(notices, []);
  });
}
