// The published client with its MessagePack parser talks to the server with ours.
//   node msgpack.mjs URL polling|websocket|upgrade
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import parser from "socket.io-msgpack-parser";

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

const options = { transports, reconnection: false, forceNew: true, parser };
const socket = io(url, options);
await next(socket, "connect");
const bytes = Buffer.from(Uint8Array.from({ length: 70_000 }, (_, i) => i & 255));
const values = ["text \u00e9 \ud83d\ude00", 0, -1, 2 ** 40, -(2 ** 33), 1.5, true, null, [1, [2]], { a: { b: [] } }];
const echoed = next(socket, "echo");
socket.emit("echo", ...values, bytes, { inside: bytes });
const back = await echoed;
assert.deepEqual(back.slice(0, values.length), values);
assert.ok(Buffer.compare(Buffer.from(back[values.length]), bytes) === 0);
assert.ok(Buffer.compare(Buffer.from(back[values.length + 1].inside), bytes) === 0);
assert.deepEqual(await socket.emitWithAck("ack", 1, "two"), [1, "two"]);
const refused = io(url + "/nowhere", options);
assert.equal((await next(refused, "connect_error"))[0].message, "Invalid namespace");
socket.disconnect();
clearTimeout(deadline);
console.log("all held");
