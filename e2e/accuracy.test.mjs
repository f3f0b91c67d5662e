// Ten clips of human speech through `parley talk`: what is heard, and whether it is answered. How soon is `e2e/latency`'s to say.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { parley, startServer } from "./lib/parley.mjs";
import { clip } from "./lib/sound.mjs";
import { CLIPS } from "./lib/clips.mjs";
import { errors, words } from "./lib/words.mjs";

let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

/** Speaks clips one after the other. Returns the recognised text of each, by name. */
async function converse(names) {
    const result = await parley(["talk", "--json", "--patience", "60", "--timeout", "180", "--url", server.url, ...names.map(clip)], { seconds: 900 });
    assert.equal(result.code, 0, result.err);
    return JSON.parse(result.out).turns.map((turn, i) => {
        assert.ok(turn.answered, `${names[i]} was not answered`);
        return [names[i], turn.heard];
    });
}

test("word error rate of ten clips of human speech is at most 5 %", async () => {
    const names = Object.keys(CLIPS);
    // Two people at once, since each takes as long as speech does.
    const heard = (await Promise.all([converse(names.slice(0, 5)), converse(names.slice(5))])).flat();
    assert.equal(heard.length, 10);
    let wrong = 0, all = 0;
    for (const [name, said] of heard) {
        wrong += errors(CLIPS[name], said);
        all += words(CLIPS[name]).length;
        if (errors(CLIPS[name], said)) console.log(`${name}: ${said}`);
    }
    console.log(`word error rate ${((100 * wrong) / all).toFixed(1)} % of ${all} words`);
    assert.ok(wrong / all <= 0.05, `${wrong} of ${all} words wrong`);
});
