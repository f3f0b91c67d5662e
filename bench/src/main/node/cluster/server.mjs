// The reference server as a member of the rig's cluster, with one of its published adapters. Does and says what ClusterTarget does.
import { createServer } from "node:http";
import { createClient } from "redis";
import { Server } from "socket.io";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";

const { PORT = "0", RIG_NODE: node, RIG_RECOVERY, PARLEY_REDIS_URL: url, PARLEY_CLUSTER_ADAPTER: mode, PARLEY_CLUSTER_PREFIX: prefix } = process.env;
const pub = createClient({ url });
const sub = pub.duplicate();
for (const client of [pub, sub]) client.on("error", (error) => console.error(error.message));
await Promise.all([pub.connect(), sub.connect()]);
const adapters = {
    pubsub: () => createAdapter(pub, sub, { key: prefix }),
    sharded: () => createShardedAdapter(pub, sub, { channelPrefix: prefix }),
    streams: () => createStreamsAdapter(pub, { streamName: prefix, channelPrefix: prefix }),
};
const http = createServer();
const io = new Server(http, { adapter: adapters[mode](), ...(RIG_RECOVERY === "on" && { connectionStateRecovery: {} }) });
const say = (line) => process.stdout.write(line + "\n");

const numbers = new Map();
const send = (to, channel) => {
    const n = (numbers.get(channel) ?? 0) + 1;
    numbers.set(channel, n);
    say(`S ${channel} ${n} ${Date.now()}`);
    to.emit("down", channel, node, n);
};
io.on("connection", (socket) => {
    const { client, room, peer } = socket.handshake.auth;
    if (client === undefined) {
        // The bench's clients give no credentials.
        socket.join("bench");
        socket.on("text", (text) => socket.emit("text", text));
        socket.on("all", (text) => io.to("bench").emit("all", text));
        return;
    }
    say(`J ${client} ${Date.now()}`);
    if (!socket.recovered) socket.join([`r${room}`, `c${client}`]);
    socket.on("up", (n, ack) => {
        say(`H ${client} ${n}`);
        if (n % 4 === 0) send(io.to(`r${room}`), `r${room}`);
        else if (n % 4 === 1) send(io.to(`c${peer}`), `c${peer}`);
        else if (n % 4 === 2) send(socket, `o${client}`);
        else if (n % 20 === 3) {
            io.to(`c${peer}`).timeout(20_000).emit("question", n, (error, replies) => say(`K ${replies?.length ?? 0}`));
        }
        ack(n);
    });
});
http.listen(Number(PORT), "127.0.0.1", 4096, () => say(`PORT ${http.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
process.on("SIGTERM", () => io.close(() => process.exit()));
