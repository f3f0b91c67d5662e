// Clients of both lines on every transport at once, beside others; what one of ours and one of the others says, all hear, with binary, each
// speaker's in order. Exits 1 at the first rule that did not hold.
//   node mixed.mjs URL COUNT
// Ours counts from 0, the other from COUNT on, COUNT messages each; the other begins when it hears our first.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { io as io4 } from "socket.io-client";

const io2 = createRequire(import.meta.url)("socket.io-client-2");
const url = process.argv[2];
const COUNT = Number(process.argv[3]);
const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

const clients = [];
for (const io of [io2, io4]) {
    for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
        clients.push(io(url, { transports, reconnection: false, forceNew: true }));
    }
}
clients.push(io2(url, { transports: ["websocket"], forceBase64: true, reconnection: false, forceNew: true }));
await Promise.all(clients.map((client) => new Promise((resolve) => client.once("connect", resolve))));
const heard = clients.map((client) => new Promise((resolve) => {
    const all = [];
    client.on("told", (n, text, bytes) => {
        all.push([n, text, Buffer.from(bytes).toString("hex")]);
        if (all.length === 2 * COUNT) resolve(all);
    });
}));
for (let i = 0; i < COUNT; i++) {
    clients[0].emit("tell-all", i, "grüße 👋", Buffer.from([0, 4, i & 255]));
}
const said = (from) => Array.from({ length: COUNT }, (_, i) =>
    [from + i, "grüße 👋", Buffer.from([0, 4, (from + i) & 255]).toString("hex")]);
for (const all of await Promise.all(heard)) {
    assert.deepEqual(all.filter(([n]) => n < COUNT), said(0));
    assert.deepEqual(all.filter(([n]) => n >= COUNT), said(COUNT));
}
assert.ok(clients.every((client) => client.connected));
clearTimeout(deadline);
console.log("all held");
process.exit(0);
