// A network that fails while somebody speaks into the page: the sentence is heard whole and answered once, and the page says what is true meanwhile.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { startServer } from "./lib/parley.mjs";
import { answered, openBrowser } from "./lib/browser.mjs";
import { CLIPS } from "./lib/clips.mjs";
import { mouthOf } from "./lib/mouth.mjs";
import { microphone } from "./lib/sound.mjs";
import { wayTo } from "./lib/way.mjs";
import { wordErrorRate } from "./lib/words.mjs";

const SENTENCE = "vm-nobox";
const KEPT = "No connection. What you say is kept.";

const folder = mkdtempSync("/tmp/parley-outage-");
const talk = (page) => page.getByRole("button", { name: /^talk/i }).click();
const hint = (page, hasText) => page.locator("#hint", { hasText }).waitFor();
const listening = (page) => page.waitForFunction(() => parley.state === "listening");
let server;

before(async () => (server = await startServer()));
after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

/** Opens the page by a way of its own, with a microphone into which the test speaks. */
async function onThePage(act) {
    const way = await wayTo(server.port);
    const tab = await openBrowser({ microphone: microphone(`${folder}/silence.wav`, ["silence/1"]) });
    try {
        const say = await mouthOf(tab.page);
        await tab.page.goto(way.url);
        await act(tab.page, way, say);
        assert.deepEqual(tab.problems, [], "no error in the page");
    } finally {
        await tab.close();
        await way.close();
    }
}

async function heardWholeAndAnsweredOnce(page) {
    await page.waitForFunction(() => parley.transcript.some((turn) => turn.role === "user" && turn.final));
    await answered(page);
    const turns = await page.evaluate(() => parley.transcript.map(({ role, final }) => ({ role, final })));
    assert.deepEqual(turns.map(({ role }) => role), ["user", "assistant"], JSON.stringify(turns));
    assert.ok(wordErrorRate(CLIPS[SENTENCE], turns[0].final) <= 0.2, `heard «${turns[0].final}»`);
    await hint(page, "Go ahead, I am listening.");
}

for (const way of ["cut", "stall"]) {
    test(`a sentence in which the network fails by a ${way} is heard whole and answered once`, () => onThePage(async (page, network, say) => {
        await talk(page);
        await listening(page);
        await say(SENTENCE);
        await page.waitForTimeout(1_500);

        network[way]();
        await hint(page, KEPT);
        await page.waitForTimeout(2_000);
        network.mend();

        await heardWholeAndAnsweredOnce(page);
    }));
}

test("what is said from the first click on is heard, however long the connection takes", () => onThePage(async (page, _network, say) => {
    let connect;
    const late = new Promise((resolve) => (connect = resolve));
    await page.route(/transport=polling/, async (route) => {
        await late;
        await route.continue();
    });
    await talk(page);
    await page.locator("#mute:enabled").waitFor();
    await say(SENTENCE);
    await page.waitForTimeout(6_000);

    connect();

    await heardWholeAndAnsweredOnce(page);
}));
