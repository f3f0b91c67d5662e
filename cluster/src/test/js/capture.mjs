// Captures what the published adapters send, as fixtures of the format's tests:
//   npm ci && redis-server --port 6390 --save '' & node capture.mjs redis://127.0.0.1:6390 > ../resources/dev/parley/cluster/message/captured.tsv
// A line has the adapter, a name, the channel (or "stream") and the bytes in base64.
import { createClient } from "redis";
import { Server } from "socket.io";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { createServer } from "node:http";

const [url] = process.argv.slice(2);
const client = async () => { const c = createClient({ url }); c.on("error", console.error); await c.connect(); return c; };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const spy = await client();
let name = "", mode = "";
const seen = [];
const keep = (channel, bytes) => seen.push([mode, name, channel, bytes.toString("base64")].join("\t"));
await spy.pSubscribe("socket.io*", (message, channel) => keep(channel.toString(), message), true);
// Sharded channels know no patterns: what is published to them is caught at its source.
const recording = (c) => {
  const plain = c.sPublish.bind(c);
  c.sPublish = (channel, message) => { keep(channel, Buffer.from(message)); return plain(channel, message); };
  const add = c.xAdd.bind(c);
  c.xAdd = (stream, id, fields, ...rest) => { keep("stream", Buffer.from(JSON.stringify(fields))); return add(stream, id, fields, ...rest); };
  return c;
};
const bytes = Buffer.from([1, 2, 3, 255]);

for (mode of ["pubsub", "sharded", "streams"]) {
  name = "setup";
  const make = async () => {
    const pub = recording(await client());
    const sub = await client();
    return mode === "pubsub" ? createAdapter(pub, sub) : mode === "sharded" ? createShardedAdapter(pub, sub) : createStreamsAdapter(pub);
  };
  const servers = [new Server(createServer(), { adapter: await make() }), new Server(createServer(), { adapter: await make() })];
  const [a, b] = servers;
  b.on("question", (...args) => args.pop()({ answer: 42 }));
  b.on("bytes", (...args) => args.pop()(bytes));
  await wait(300);
  const steps = {
    "broadcast": () => a.emit("hello", 1, "two", { three: [null, true, -4, 5.5] }),
    "broadcast-room": () => a.to("red").emit("hello"),
    "broadcast-rooms": () => a.to(["red", "blue"]).except(["green"]).volatile.emit("hello", "x".repeat(300)),
    "broadcast-bytes": () => a.to(["red", "blue"]).compress(false).emit("hello", bytes, { deep: [bytes] }),
    "broadcast-numbers": () => a.emit("n", 127, 128, 65536, 4294967296, -33, -129, -2147483649, 1e300, 0.1),
    "broadcast-unicode": () => a.emit("ünï", "日本 😀", new Date(1700000000123)),
    "call": () => a.timeout(1500).to(["red", "blue"]).emit("q", bytes, () => {}),
    "fetch": () => a.in("red").fetchSockets().catch(() => {}),
    "join": () => a.in("red").except("blue").socketsJoin(["x", "y"]),
    "leave": () => a.in("red").socketsLeave("x"),
    "disconnect": () => a.in("red").disconnectSockets(true),
    "server-event": () => a.serverSideEmit("plain", 1, "two"),
    "server-call": () => a.serverSideEmitWithAck("question", 1).catch(() => {}),
    "server-call-bytes": () => a.serverSideEmitWithAck("bytes", 1).catch(() => {}),
    "all-rooms": () => a.of("/").adapter.allRooms?.(),
  };
  for (const step of Object.keys(steps)) {
    name = step;
    steps[step]();
    await wait(100);
  }
}
mode = "emitter";
const emitter = new Emitter(await client());
name = "broadcast"; emitter.to("red").volatile.emit("hello", bytes); await wait(100);
name = "join"; emitter.in("red").socketsJoin("x"); await wait(100);
name = "server-event"; emitter.serverSideEmit("plain", 1); await wait(100);
console.log(seen.join("\n"));
process.exit();
