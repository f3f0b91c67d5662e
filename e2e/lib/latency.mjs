// See e2e/latency.
import { parley, startServer } from "./parley.mjs";
import { clip } from "./sound.mjs";
import { CLIPS } from "./clips.mjs";
import { bargeIn, SUSTAINED_MS } from "./barge-in.mjs";

const server = await startServer();
try {
    const talks = Array.from({ length: Number(process.argv[2] ?? 1) }, () =>
        parley(["talk", "-q", "--url", server.url, ...Object.keys(CLIPS).map(clip)], { seconds: 500 }));
    for (const result of await Promise.all(talks)) {
        console.log(result.code === 0 ? result.out.trim().split("\n").slice(-2).join("\n") : result.err.trim());
    }
    const stops = [];
    for (let i = 0; i < 10; i++) stops.push(await bargeIn(server.url));
    stops.sort((a, b) => a - b);
    const after = (share) => Math.round(stops[Math.ceil(stops.length * share) - 1] - SUSTAINED_MS);
    console.log(`barge-in    silent ${after(0.5)} ms (p50), ${after(0.95)} ms (p95) after ${SUSTAINED_MS} ms of voice (${stops.length} times)`);
} finally {
    await server.stop();
}
