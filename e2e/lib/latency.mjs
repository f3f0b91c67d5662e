// See e2e/latency.
import { parley, startServer } from "./parley.mjs";
import { clip } from "./sound.mjs";
import { CLIPS } from "./clips.mjs";

const server = await startServer();
try {
    const talks = Array.from({ length: Number(process.argv[2] ?? 1) }, () =>
        parley(["talk", "-q", "--url", server.url, ...Object.keys(CLIPS).map(clip)], { seconds: 500 }));
    for (const result of await Promise.all(talks)) {
        console.log(result.code === 0 ? result.out.trim().split("\n").slice(-2).join("\n") : result.err.trim());
    }
} finally {
    await server.stop();
}
