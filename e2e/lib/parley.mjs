// Runs the built product: the server on a port of its own, and single commands.
import { ended, spawn } from "./children.mjs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { once } from "node:events";
import { homedir } from "node:os";

/** Where the speech models are. */
export const models = process.env.PARLEY_MODELS ?? `${process.env.XDG_CACHE_HOME ?? homedir() + "/.cache"}/parley/models`;
export const root = fileURLToPath(new URL("../..", import.meta.url));
const launcher = root + "parley";

/** Ports below those that systems hand out by themselves, twenty for each process: between two uses of one nobody else gets it. */
let nextPort = 20_000 + (process.pid % 600) * 20;

/** A port of the loopback interface that was free a moment ago. */
export async function freePort() {
    for (;;) {
        const port = nextPort++;
        const probe = createServer().listen(port, "127.0.0.1");
        try {
            await once(probe, "listening");
        } catch (error) {
            if (error.code === "EADDRINUSE") continue;
            throw error;
        }
        probe.close();
        await once(probe, "close");
        return port;
    }
}

/** Runs `./parley …` to its end: { code, out, err }. Killed after `seconds`. */
export async function parley(args, { seconds = 300, env = {}, input } = {}) {
    const child = spawn(launcher, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.end(input);
    let out = "", err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    const [code] = await once(child, "close");
    clearTimeout(timer);
    return { code, out, err };
}

/** All tests come from one address, and have one file of spending. */
export const unlimited = {
    PARLEY_MAX_CONVERSATIONS_PER_USER: "0",
    PARLEY_MAX_CONVERSATIONS_PER_ADDRESS: "0",
    PARLEY_MAX_STARTS_PER_MINUTE: "0",
    PARLEY_MAX_CONNECTIONS_PER_ADDRESS: "0",
    PARLEY_MAX_HANDSHAKES_PER_ADDRESS: "0",
    PARLEY_MAX_SESSIONS_PER_ADDRESS: "0",
    PARLEY_MAX_PACKETS_PER_SECOND: "0",
    PARLEY_MAX_TOKENS_PER_DAY: "2000000000",
    PARLEY_MAX_TOKENS_PER_USER: "0",
};

/** Starts `./parley serve` and waits until it answers; `ready` waits for the speech model too. */
export async function startServer({ ready = true, args = [], env = {} } = {}) {
    const port = await freePort();
    const child = spawn(launcher, ["serve", "--port", String(port), "--host", "127.0.0.1", ...args], {
        env: { ...unlimited, ...process.env, ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    child.stdout.on("data", (data) => (log += data));
    child.stderr.on("data", (data) => (log += data));
    const url = `http://127.0.0.1:${port}`;
    const stop = () => ended(child);
    try {
        await until(`${url}/health`, 120, () => child.exitCode !== null);
        if (ready) await until(`${url}/health/ready`, 300, () => child.exitCode !== null);
    } catch (error) {
        await stop();
        throw new Error(`${error.message}\n${log}`);
    }
    return { url, port, pid: child.pid, stop, log: () => log };
}

/** Polls an address until it answers 200. */
export async function until(address, seconds, dead = () => false) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        const answer = await fetch(address).catch(() => undefined);
        if (answer?.ok) return;
        if (dead()) throw new Error(`the server ended before ${address} answered`);
        if (Date.now() > end) throw new Error(`${address} did not answer 200 within ${seconds} s`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

/** Looks again and again until what is seen will do, for two minutes at most; gives what was seen last. */
export async function settled(look, willDo) {
    const end = Date.now() + 120_000;
    for (;;) {
        const seen = await look();
        if (willDo(seen) || Date.now() > end) return seen;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
