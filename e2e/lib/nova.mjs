// The built server in front of the local stand-in for Nova Sonic.
import { ended, spawn } from "./children.mjs";
import { freePort, root, startServer } from "./parley.mjs";

/** Starts the stand-in with answers that repeat what was said; `url` is where it listens, `streams` counts those that were opened. */
export async function startStandIn(...args) {
    const port = await freePort();
    const child = spawn(root + "parley", ["emulate-bedrock", "--answers", "scripted", "--port", String(port), ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    const listening = new Promise((resolve, reject) => {
        for (const stream of [child.stdout, child.stderr])
            stream.on("data", (data) => {
                log += data;
                if (log.includes("emulator of Nova Sonic is at")) resolve();
            });
        child.on("exit", (code) => reject(new Error(`the stand-in ended with ${code}: ${log}`)));
    });
    await listening;
    return { url: `http://127.0.0.1:${port}`, streams: () => log.split("a stream is opened").length - 1, stop: () => ended(child) };
}

const keys = { AWS_ACCESS_KEY_ID: "parley", AWS_SECRET_ACCESS_KEY: "parley" };

/** The server with Nova Sonic for its model, which is the stand-in. */
export const startNova = (standIn, ...args) => startServer({ args: ["--model", "nova-sonic", "--nova-region", "us-east-1", "--nova-endpoint", standIn.url, "--client-may", "prompt,persona,voice,tools,temperature,max-tokens", ...args], env: keys });
