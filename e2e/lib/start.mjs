// See e2e/start.
import { readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { spawn } from "./children.mjs";
import { once } from "node:events";
import { freePort, parley, root, unlimited } from "./parley.mjs";
import { clip } from "./sound.mjs";

const rounds = Number(process.argv[2] ?? 5);
const withoutModel = ["--model", "nova-sonic", "--nova-region", "us-east-1"];
const archive = root + "app/target/parley-serve.jsa";
const keys = { AWS_ACCESS_KEY_ID: "parley", AWS_SECRET_ACCESS_KEY: "parley" };

const answers = (url) => new Promise((resolve) => {
    get(url, (response) => response.resume().on("end", () => resolve(response.statusCode === 200))).on("error", () => resolve(false));
});

async function secondsUntil(url, since) {
    while (!(await answers(url))) await new Promise((resolve) => setTimeout(resolve, 5));
    return (performance.now() - since) / 1000;
}

const residentMegabytes = (pid) => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

/** A server's life: { health, ready, memory, talked }, in seconds and megabytes; `talked` is the memory after a conversation. */
async function life(args, talk) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const since = performance.now();
    const server = spawn(root + "parley", ["serve", "--host", "127.0.0.1", "--port", String(port), ...args], { env: { ...unlimited, ...process.env, ...keys }, stdio: "ignore" });
    try {
        const seen = { health: await secondsUntil(`${url}/health`, since), ready: await secondsUntil(`${url}/health/ready`, since) };
        seen.memory = residentMegabytes(server.pid);
        if (talk) {
            const { code, err } = await parley(["talk", "-q", "--url", url, clip("demo-thanks")]);
            if (code !== 0) throw new Error(err);
            seen.talked = residentMegabytes(server.pid);
        }
        return seen;
    } finally {
        server.kill("SIGTERM");
        await once(server, "exit");
    }
}

async function median(args, talk = false) {
    rmSync(archive, { force: true });
    await life(args, talk); // leaves an archive with the classes that it used
    const lives = [];
    for (let i = 0; i < rounds; i++) lives.push(await life(args, talk));
    return (field, digits) => lives.map((one) => one[field]).sort((a, b) => a - b)[Math.floor(rounds / 2)].toFixed(digits);
}

const local = await median(["--model", "local"], true);
console.log(`embedded model   /health after ${local("health", 2)} s, ready after ${local("ready", 2)} s; ${local("memory", 0)} MB, after a conversation ${local("talked", 0)} MB`);
const nova = await median(withoutModel);
console.log(`Nova Sonic       /health after ${nova("health", 2)} s, ready after ${nova("ready", 2)} s; ${nova("memory", 0)} MB`);
rmSync(archive, { force: true });
