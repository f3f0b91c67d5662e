// Checks the answers to a WebSocket client that offers compression. Exits with 1 at the first rule that does not hold.
//   node deflate.mjs URL on|off
import assert from "node:assert/strict";
import { WebSocket } from "ws";

const [url, mode] = process.argv.slice(2);
const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

const ws = new WebSocket(url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket", { perMessageDeflate: true });
const messages = [];
const waiting = [];
ws.on("message", (data, binary) => {
    const message = binary ? data : data.toString();
    waiting.length > 0 ? waiting.shift()(message) : messages.push(message);
});
const next = () => (messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve)));

await next();
assert.equal(ws.extensions, mode === "on" ? "permessage-deflate" : "");
ws.send("40");
await next();
for (const text of ["a".repeat(500_000), "short", "grüße 👋".repeat(1000)]) {
    const before = ws._socket.bytesRead;
    ws.send(`42["inline","${text}"]`);
    assert.equal(await next(), `42["inline","${text}"]`);
    const wire = ws._socket.bytesRead - before;
    assert.equal(wire < text.length / 10, mode === "on" && text !== "short", `${wire} bytes for ${text.length}`);
}
const bytes = Buffer.alloc(200_000, 7);
ws.send('451-["inline",{"_placeholder":true,"num":0}]');
ws.send(bytes);
await next();
assert.ok(bytes.equals(await next()));
const closed = new Promise((resolve) => ws.on("close", resolve));
ws.send(`42["inline","${"a".repeat(20_000_000)}"]`);
assert.equal(await closed, 1009);
clearTimeout(deadline);
console.log("all held");
process.exit(0);
