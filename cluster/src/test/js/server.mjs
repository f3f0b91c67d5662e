// The reference server with one of its adapters over Redis. Arguments: the URL of Redis, "pubsub", "sharded" or "streams", and
// "recovery" if lost clients are recovered.
// Prints its port. Then each line of its input is a command as JSON, {"id", "do", …}, and each line of its output {"id", "result"}, or
// {"news"} for an event from another server. It ends when its input does. Bytes are {"$bytes": "base64"}.
import { createInterface } from "node:readline";
import { createServer } from "node:http";
import { createClient } from "redis";
import { Server } from "socket.io";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { Emitter } from "@socket.io/redis-emitter";

const [url, mode, recovery] = process.argv.slice(2);
const pub = createClient({ url });
const sub = pub.duplicate();
await Promise.all([pub.connect(), sub.connect()]);
const adapters = {
  pubsub: () => createAdapter(pub, sub),
  sharded: () => createShardedAdapter(pub, sub),
  streams: () => createStreamsAdapter(pub),
};
const http = createServer();
const connectionStateRecovery = recovery === "recovery" ? { maxDisconnectionDuration: 120_000 } : undefined;
const io = new Server(http, { adapter: adapters[mode](), connectionStateRecovery });
const emitter = new Emitter(pub);

const say = (line) => process.stdout.write(JSON.stringify(line, (key, value) =>
  value?.type === "Buffer" ? { $bytes: Buffer.from(value.data).toString("base64") } : value) + "\n");
const revive = (value) => {
  if (Array.isArray(value)) return value.map(revive);
  if (value?.$bytes !== undefined) return Buffer.from(value.$bytes, "base64");
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, revive(v)]));
  return value;
};

io.on("connection", (socket) => {
  if (!socket.recovered) socket.data = { name: socket.handshake.auth.name ?? "nobody" };
  socket.on("join", (rooms, ack) => { socket.join(rooms); ack(socket.id); });
});
io.on("news", (...args) => {
  const ack = typeof args.at(-1) === "function" ? args.pop() : () => {};
  say({ news: args });
  ack({ from: "node", got: args.length });
});

const select = (from, { rooms = [], except = [], flags = {} }) => {
  let to = from;
  for (const room of rooms) to = to.to(room);
  for (const room of except) to = to.except(room);
  if (flags.local) to = to.local;
  if (flags.volatile) to = to.volatile;
  if (flags.timeout) to = to.timeout(flags.timeout);
  return to;
};
const commands = {
  emit: (c) => { select(io.of("/"), c).emit(...revive(c.args)); },
  call: (c) => select(io.timeout(c.flags?.timeout ?? 10000), { ...c, flags: {} }).emitWithAck(...revive(c.args))
    .then((all) => ({ all }), (e) => ({ error: e.message, responses: e.responses })),
  fetch: async (c) => (await select(io.of("/"), c).fetchSockets()).map((s) =>
    ({ id: s.id, rooms: [...s.rooms], data: s.data, url: s.handshake.url, auth: s.handshake.auth, issued: s.handshake.issued })),
  join: (c) => { select(io.of("/"), c).socketsJoin(c.to); },
  leave: (c) => { select(io.of("/"), c).socketsLeave(c.to); },
  disconnect: (c) => { select(io.of("/"), c).disconnectSockets(c.close); },
  serverEmit: (c) => { io.serverSideEmit(...revive(c.args)); },
  serverCall: (c) => io.serverSideEmitWithAck(...revive(c.args)).then((all) => ({ all }), (e) => ({ error: e.message, responses: e.responses })),
  sockets: () => [...io.of("/").sockets.values()].map((s) => ({ id: s.id, rooms: [...s.rooms], data: s.data, recovered: s.recovered })),
  count: () => io.of("/").adapter.serverCount(),
  allRooms: async () => [...await io.of("/").adapter.allRooms()],
  emitterEmit: (c) => { select(emitter, c).emit(...revive(c.args)); },
  emitterJoin: (c) => { select(emitter, c).socketsJoin(c.to); },
  emitterServerEmit: (c) => { emitter.serverSideEmit(...revive(c.args)); },
};

http.listen(0, "127.0.0.1", () => console.log(http.address().port));
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  Promise.resolve(commands[command.do](command)).then(
    (result) => say({ id: command.id, result: result ?? null }), (e) => say({ id: command.id, error: e.message }));
}
process.exit();
