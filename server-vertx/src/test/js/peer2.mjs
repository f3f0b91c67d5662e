// Runs the published client of the 2.x line against a server and prints one line for each rule that held; exits 1 at the first that did not.
//   node peer2.mjs URL polling|websocket|upgrade|base64-polling|base64-websocket
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const io = createRequire(import.meta.url)("socket.io-client-2");
const [url, mode] = process.argv.slice(2);
const forceBase64 = mode.startsWith("base64-");
const way = mode.replace("base64-", "");
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[way];
const COUNT = 2000;

const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

function held(rule) {
    console.log(`held: ${rule}`);
}

function open(query = {}) {
    return io(url, { transports, forceBase64, query, reconnection: false, forceNew: true });
}

function next(socket, event) {
    return new Promise((resolve) => socket.once(event, (...values) => resolve(values)));
}

function ask(socket, ...values) {
    return new Promise((resolve) => socket.emit(...values, resolve));
}

function filled(size) {
    return Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255));
}

const socket = open({ token: "abc" });
// Before anything is awaited: the client may tell both in one go, that it is connected and that it has moved.
const upgraded = new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
socket.on("connect_error", fail);
socket.on("error", fail);
// Listened to before anything is awaited: the server counts to COUNT from the first moment on.
const seen = [];
const counted = new Promise((resolve) => {
    socket.on("down", (n) => {
        seen.push(n);
        if (n === COUNT - 1) resolve();
    });
});
socket.on("question", (about, answer) => answer(`the client says ${about}!`));
socket.on("binary-question", (data, answer) => answer(data));
await next(socket, "connect");
held("the default namespace is joined unasked");

for (let i = 0; i < COUNT; i++) {
    socket.emit("up", i);
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
assert.deepEqual(await ask(socket, "up-report"), { count: COUNT, inOrder: true });
held("2000 messages up, none lost, doubled or reordered");
await counted;
assert.deepEqual(seen, Array.from({ length: COUNT }, (_, i) => i));
held("2000 messages down, none lost, doubled or reordered");
if (mode === "upgrade") {
    await upgraded;
    assert.equal(socket.io.engine.transport.name, "websocket");
    held("the transport was upgraded");
}
assert.equal(await ask(socket, "transport"), way === "polling" ? "polling" : "websocket");
held("the server names the transport in use");

const value = { text: "grüße, 世界 👋 \u2028 \u0000 \u001e \"\\ \\n \n", list: [1, -2.5, null, true], nested: { a: [{}] } };
let echo = next(socket, "echo");
socket.emit("echo", "one", 2, value);
assert.deepEqual(await echo, ["one", 2, value]);
held("an event comes back as it was, beyond ASCII too");
assert.deepEqual(await ask(socket, "ack", "one", value), ["one", value]);
held("the server acknowledges");
assert.deepEqual(await ask(socket, "ask", "colour"), "the client says colour!");
held("the client acknowledges");

const bytes = filled(300_000);
echo = next(socket, "echo");
socket.emit("echo", bytes, { inner: [filled(3)] }, "after");
const [large, small, after] = await echo;
assert.ok(bytes.equals(Buffer.from(large)));
assert.ok(filled(3).equals(Buffer.from(small.inner[0])));
assert.equal(after, "after");
held("binary comes back as it was");
assert.ok(bytes.equals(Buffer.from(await ask(socket, "make-binary", 300_000))));
held("the server acknowledges with binary");
assert.equal(await ask(socket, "ask-binary"), "300000 the same");
held("the client acknowledges with binary");

const nowhere = socket.io.socket("/nowhere");
assert.deepEqual(await next(nowhere, "error"), ["Invalid namespace"]);
held("an unknown namespace is refused with a bare value");
const room = socket.io.socket("/room", { query: { token: "a b,c" } });
await next(room, "connect");
assert.equal(await ask(room, "credentials"), "a b,c");
held("a namespace's query arrives as credentials");
const kicked = next(room, "disconnect");
room.emit("leave-me");
assert.equal((await kicked)[0], "io server disconnect");
assert.ok(socket.connected);
held("the server puts the client out of one namespace");

const ended = next(socket, "disconnect");
socket.emit("end-me");
assert.equal((await ended)[0], "io server disconnect");
held("the server ends the connection");
const leaver = open();
await next(leaver, "connect");
leaver.disconnect();
held("the client leaves");
clearTimeout(deadline);
console.log("all held");
process.exit(0);
