// The rules of the API that show on the wire, one after the other; prints one line for each that held, exits 1 at the first that did not.
//   node rules.mjs URL polling|websocket|upgrade
import assert from "node:assert/strict";
import { io } from "socket.io-client";

const [url, mode] = process.argv.slice(2);
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

function held(rule) {
    console.log(`held: ${rule}`);
}

function open(namespace, options = {}) {
    return io(url + namespace, { transports, reconnection: false, forceNew: true, ...options });
}

function next(socket, event) {
    return new Promise((resolve) => socket.once(event, (...values) => resolve(values)));
}

async function joined(namespace, options) {
    const socket = open(namespace, options);
    socket.seen = [];
    socket.onAny((...event) => socket.seen.push(event));
    await next(socket, "connect");
    return socket;
}

// Everything sent to this client before has arrived once this is answered.
const settled = (...sockets) => Promise.all(sockets.map((socket) => socket.emitWithAck("settle")));

const [a, b, c] = await Promise.all([joined("/rooms"), joined("/rooms"), joined("/rooms")]);
await Promise.all([a.emitWithAck("join", "red"), b.emitWithAck("join", "red", "blue"), c.emitWithAck("join", "green")]);
await a.emitWithAck("say", ["red", "blue"], "hello");
await settled(a, b, c);
assert.deepEqual([a.seen, b.seen, c.seen], [[["said", "hello"]], [["said", "hello"]], []]);
held("a broadcast to two rooms reaches who is in both once");

const bytes = Buffer.from(Uint8Array.from({ length: 5000 }, (_, i) => i & 255));
const gotBytes = [next(a, "said"), next(b, "said")];
await a.emitWithAck("say", ["red"], bytes);
for (const [value] of await Promise.all(gotBytes)) assert.ok(Buffer.compare(value, bytes) === 0);
held("every receiver of a binary broadcast gets the same bytes");

a.on("question", (n, answer) => answer(n * 2));
b.on("question", (n, answer) => answer(n * 3));
assert.deepEqual(await c.emitWithAck("ask-room", "red", 7, 60_000), [[14, 21], 2]);
b.off("question");
assert.deepEqual(await c.emitWithAck("ask-room", "red", 7, 2_000), [[14], 2]);
held("answers to a broadcast are gathered, those in time when some are missing");

b.disconnect();
assert.deepEqual(await c.emitWithAck("next-farewell"), ["client namespace disconnect", ["blue", "red"], 0]);
held("disconnecting tells the rooms, disconnect none");

const kicked = next(a, "disconnect");
c.emit("kick", "red");
assert.equal((await kicked)[0], "io server disconnect");
held("a client put out by its room is out");

const refused = open("/guarded", { auth: { token: "wrong" } });
const [error] = await next(refused, "connect_error");
assert.equal(error.message, "not you");
assert.deepEqual(error.data, { code: 42 });
const silent = open("/guarded");
assert.equal((await next(silent, "connect_error"))[0].message, "not you");
held("middleware refuses with data, and also a client without credentials");
const guarded = await joined("/guarded", { auth: { token: "right" } });
assert.deepEqual(await guarded.emitWithAck("who"), ["right", false, true]);
await assert.rejects(guarded.timeout(300).emitWithAck("blocked"));
assert.equal(await guarded.emitWithAck("errors"), "blocked: may not");
held("middleware lets in, with data for the handlers; a filter stops an event");

const faulty = open("/faulty");
assert.equal((await next(faulty, "connect_error"))[0].message, "Internal error");
held("a failing middleware keeps its text to itself");

const dynamic = await joined("/dynamic-7");
assert.equal(await dynamic.emitWithAck("name"), "/dynamic-7");
const unknown = open("/dynamic-x");
assert.equal((await next(unknown, "connect_error"))[0].message, "Invalid namespace");
const tenant = await joined("/tenant/acme", { auth: { tenant: "acme" } });
assert.equal(await tenant.emitWithAck("name"), "/tenant/acme");
const stranger = open("/tenant/other", { auth: { tenant: "acme" } });
assert.equal((await next(stranger, "connect_error"))[0].message, "Invalid namespace");
held("namespaces by pattern and by rule");
dynamic.disconnect();
tenant.disconnect();

const typed = await joined("/typed");
assert.equal(await typed.emitWithAck("move", 3, { name: "Ann", tags: ["x"] }), "3 Ann [x]");
assert.equal(await typed.emitWithAck("user", { name: "Bob", tags: [] }), "Bob");
typed.emit("user", { tags: 5 });
assert.deepEqual(await next(typed, "rejected"), ["user"]);
held("arguments bind to records, and what does not fit is told");
await typed.emitWithAck("once");
await assert.rejects(typed.timeout(300).emitWithAck("once"));
held("once is once");

clearTimeout(deadline);
for (const socket of [a, c, guarded, typed]) socket.disconnect();
console.log("all held");
