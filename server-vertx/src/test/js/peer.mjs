// Runs the published client against a server and prints one line for each rule that held; exits 1 at the first that did not.
//   node peer.mjs URL polling|websocket|upgrade
import assert from "node:assert/strict";
import { io } from "socket.io-client";

const [url, mode] = process.argv.slice(2);
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
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

function open(options = {}) {
    return io(url, { transports, reconnection: false, forceNew: true, ...options });
}

function next(socket, event) {
    return new Promise((resolve) => socket.once(event, (...values) => resolve(values)));
}

function filled(size) {
    return Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255));
}

const socket = open({ auth: { token: "abc" } });
socket.on("connect_error", fail);
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
const upgraded = new Promise((resolve) => socket.io.engine?.once("upgrade", resolve) ?? socket.io.once("open", () =>
    socket.io.engine.once("upgrade", resolve)));
await next(socket, "connect");
assert.notEqual(socket.id, socket.io.engine.id);
held("the id of the socket is not that of the session");

// Numbered messages in both directions, while the transport may be changing.
for (let i = 0; i < COUNT; i++) {
    socket.emit("up", i);
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
const up = await socket.emitWithAck("up-report");
assert.deepEqual(up, { count: COUNT, inOrder: true });
held("2000 messages up, none lost, doubled or reordered");
await counted;
assert.deepEqual(seen, Array.from({ length: COUNT }, (_, i) => i));
held("2000 messages down, none lost, doubled or reordered");
if (mode === "upgrade") {
    await upgraded;
    assert.equal(socket.io.engine.transport.name, "websocket");
    held("the transport was upgraded");
}
assert.equal(await socket.emitWithAck("transport"), mode === "polling" ? "polling" : "websocket");
held("the server names the transport in use");

// Events and their values.
const value = { text: "grüße, 世界 👋 \u2028 \u0000 \u001e \"\\", list: [1, -2.5, null, true], nested: { a: [{}] } };
let echo = next(socket, "echo");
socket.emit("echo", "one", 2, value);
assert.deepEqual(await echo, ["one", 2, value]);
held("an event comes back as it was");
assert.deepEqual(await socket.emitWithAck("ack", "one", value), ["one", value]);
held("the server acknowledges");
assert.deepEqual(await socket.emitWithAck("ask", "colour"), "the client says colour!");
held("the client acknowledges");

// Binary.
const bytes = filled(300_000);
echo = next(socket, "echo");
socket.emit("echo", bytes, { inner: [filled(3)] }, "after");
const [large, small, after] = await echo;
assert.ok(bytes.equals(Buffer.from(large)));
assert.ok(filled(3).equals(Buffer.from(small.inner[0])));
assert.equal(after, "after");
held("binary comes back as it was");
const made = await socket.emitWithAck("make-binary", 300_000);
assert.ok(bytes.equals(Buffer.from(made)));
held("the server acknowledges with binary");
assert.equal(await socket.emitWithAck("ask-binary"), "300000 the same");
held("the client acknowledges with binary");

// Namespaces and the end.
const nowhere = socket.io.socket("/nowhere");
const [refusal] = await next(nowhere, "connect_error");
assert.equal(refusal.message, "Invalid namespace");
held("an unknown namespace is refused");
const room = socket.io.socket("/room");
await next(room, "connect");
assert.notEqual(room.id, socket.id);
held("another namespace has another id");
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
