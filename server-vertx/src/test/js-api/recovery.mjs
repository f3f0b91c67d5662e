// A client that loses its connection gets back what it had, and what it missed, once and in order.
//   node recovery.mjs URL polling|websocket|upgrade
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

function next(socket, event) {
    return new Promise((resolve) => socket.once(event, (...values) => resolve(values)));
}

const socket = io(url + "/recover", { transports, reconnectionDelay: 300, forceNew: true, auth: { token: "t" } });
const numbers = [];
socket.on("n", (n) => numbers.push(n));
await next(socket, "connect");
assert.equal(socket.recovered, false);
await socket.emitWithAck("join", "red");
await socket.emitWithAck("count", 3);
const id = socket.id;

// The server sends to the room, to the socket and to others, from the moment it has seen the loss until the client is back.
socket.io.engine.close();
await next(socket, "connect");
assert.equal(socket.recovered, true);
assert.equal(socket.id, id);
assert.deepEqual(await socket.emitWithAck("state"), { recovered: true, name: "Ann", rooms: [id, "red"].sort(), entered: 1 });
await socket.emitWithAck("enough");
await socket.emitWithAck("count", 2);
assert.deepEqual(numbers, numbers.map((_, i) => i), "once and in order");
assert.ok(numbers.length > 5, "some were missed and made up for");

socket.io.engine.close();
socket._lastOffset = "zzzz";
await next(socket, "connect");
assert.equal(socket.recovered, false);
assert.notEqual(socket.id, id);
clearTimeout(deadline);
socket.disconnect();
console.log("all held");
