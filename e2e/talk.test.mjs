// `parley talk` with each transport: what is heard, and that the answer is written.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { parley, startServer } from "./lib/parley.mjs";
import { clip } from "./lib/sound.mjs";
import { words } from "./lib/words.mjs";

let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

for (const transport of ["polling", "websocket", "upgrade"]) {
    test(`talk over ${transport} writes the answer and says which transport it was`, async () => {
        const out = `/tmp/parley-reply-${process.pid}.wav`;
        const result = await parley(["talk", "--transport", transport, "--patience", "60", "--timeout", "180", "--url", server.url, "--out", out, clip("vm-goodbye")]);
        assert.equal(result.code, 0, result.err);
        assert.match(result.out, /heard +\S+/);
        assert.match(result.out, new RegExp(`connection +${transport === "upgrade" ? "websocket" : transport}`));
        const { transcribe } = await import("./lib/transcribe.mjs");
        assert.ok(words(await transcribe(out)).length > 0);
        (await import("node:fs")).rmSync(out);
    });
}
