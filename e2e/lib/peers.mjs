// Servers of Socket.IO that are not ours, each on a port of its own, with a namespace "/" that greets nobody.
import { ended, spawn } from "./children.mjs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Server } from "socket.io";

const require = createRequire(import.meta.url);

/** The reference server; the options are its own. On a free port unless one is given. */
export async function reference(options = {}, port = 0) {
    const http = createServer((request, response) => response.writeHead(request.url === "/health" ? 200 : 404).end());
    const io = new Server(http, { pingInterval: 2_000, ...options });
    return { url: await listen(http, port), io, stop: () => new Promise((resolve) => io.close(resolve)) };
}

/** The reference server of the second version, which speaks Engine.IO 3 alone. */
export async function reference2(options = {}) {
    const http = createServer((request, response) => response.writeHead(request.url === "/health" ? 200 : 404).end());
    const io = require("socket.io-2")(http, { pingInterval: 2_000, ...options });
    return { url: await listen(http), io, stop: () => new Promise((resolve) => io.close(resolve)) };
}

/** netty-socketio, as the bench runs it; built by `./check`. */
export async function nettySocketIo() {
    const target = fileURLToPath(new URL("../../bench/netty-socketio/target/", import.meta.url));
    const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
    const child = spawn(java, ["--enable-native-access=ALL-UNNAMED", "-cp", `${target}classes:${target}lib/*`, "dev.parley.bench.peer.NettySocketIoTarget"], { stdio: ["pipe", "pipe", "inherit"] });
    for await (const line of createInterface({ input: child.stdout })) {
        const [, port] = /^PORT (\d+)$/.exec(line) ?? [];
        if (port) return { url: `http://127.0.0.1:${port}`, stop: () => ended(child, () => child.stdin.end()) };
    }
    throw new Error("netty-socketio did not start; ./check builds it");
}

async function listen(http, port = 0) {
    http.listen(port, "127.0.0.1");
    await once(http, "listening");
    return `http://127.0.0.1:${http.address().port}`;
}
