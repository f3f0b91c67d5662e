// Ten clips of human speech through `parley talk`, one conversation: what is heard, and how soon it is answered.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { parley, startServer } from "./lib/parley.mjs";
import { clip } from "./lib/sound.mjs";
import { CLIPS } from "./lib/clips.mjs";
import { errors, words } from "./lib/words.mjs";

let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

test("word error rate of ten clips of human speech is at most 5 %", async () => {
    const files = Object.keys(CLIPS).map(clip);
    const result = await parley(["talk", "--json", "--patience", "60", "--timeout", "180", "--url", server.url, ...files], { seconds: 900 });
    assert.equal(result.code, 0, result.err);
    const report = JSON.parse(result.out);
    let wrong = 0, all = 0;
    for (const [i, [name, text]] of Object.entries(CLIPS).entries()) {
        const { heard } = report.turns[i];
        wrong += errors(text, heard);
        all += words(text).length;
        if (errors(text, heard)) console.log(`${name}: ${heard}`);
        assert.ok(report.turns[i].answered, `${name} was not answered`);
    }
    console.log(`word error rate ${((100 * wrong) / all).toFixed(1)} % of ${all} words`);
    console.log(`end of speech to first audio: p50 ${report.latency.firstAudio.p50Ms} ms, p95 ${report.latency.firstAudio.p95Ms} ms`);
    assert.ok(wrong / all <= 0.05, `${wrong} of ${all} words wrong`);
});

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
