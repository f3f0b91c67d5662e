// Bursts of numbered messages without a pause, up and down and both at once. Exits 1 at the first that is lost, doubled or out of order.
//   node burst.mjs URL polling|websocket|upgrade 4|2 COUNT
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { io as io4 } from "socket.io-client";

const [url, mode, line, counted] = process.argv.slice(2);
const COUNT = Number(counted);
const io = line === "4" ? io4 : createRequire(import.meta.url)("socket.io-client-2");
const transports = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode];
const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

const socket = io(url, { transports, reconnection: false, forceNew: true });
const ask = (...values) => new Promise((resolve) => socket.emit(...values, resolve));
let seen = [];
let done;
socket.on("burst", (n) => {
    seen.push(n);
    if (n === COUNT - 1) done();
});
socket.on("connect_error", fail);
socket.on("error", fail);
const expected = Array.from({ length: COUNT }, (_, i) => i);

function burstDown() {
    seen = [];
    const all = new Promise((resolve) => (done = resolve));
    socket.emit("burst", COUNT);
    return all;
}

function burstUp() {
    for (let i = 0; i < COUNT; i++) socket.emit("up", i);
    return ask("up-report");
}

await new Promise((resolve) => socket.once("connect", resolve));
socket.on("disconnect", (reason) => fail(new Error(`disconnected: ${reason}`)));
// The first burst goes up at once, while the transport may be changing.
assert.deepEqual(await burstUp(), { count: COUNT, inOrder: true });
await burstDown();
assert.deepEqual(seen, expected);
const [report] = await Promise.all([burstUp(), burstDown()]);
// The server began to count anew.
assert.deepEqual(report, { count: COUNT, inOrder: true });
assert.deepEqual(seen, expected);
clearTimeout(deadline);
console.log("all held");
process.exit(0);
