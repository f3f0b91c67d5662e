// A page that is lost and comes back goes on with its conversation: after the network failed, over another transport, loaded again, in another tab.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { settled, startServer } from "./lib/parley.mjs";
import { answered, openBrowser } from "./lib/browser.mjs";
import { transcribe } from "./lib/transcribe.mjs";
import { wayTo } from "./lib/way.mjs";
import { wordErrorRate } from "./lib/words.mjs";

const folder = mkdtempSync("/tmp/parley-reconnect-");
const talk = (page) => page.getByRole("button", { name: /^talk/i }).click();
const notice = (page, hasText) => page.locator("#notice-text", { hasText }).waitFor();
const isState = (page, state) => page.waitForFunction((wanted) => parley.state === wanted, state);
const texts = (page, role) => page.evaluate((wanted) => parley.transcript.filter((turn) => turn.role === wanted).map((turn) => turn.final || turn.text), role);
const said = (page) => page.evaluate(() => parley.transcript.map((turn) => `${turn.role}: ${turn.final || turn.text}`));
let server;

before(async () => (server = await startServer()));
after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

async function type(page, text) {
    await page.getByRole("textbox", { name: /message/i }).fill(text);
    await page.keyboard.press("Enter");
}

async function ask(page, text, answer) {
    const before = (await texts(page, "assistant")).length;
    await type(page, text);
    await page.waitForFunction(([words, count]) => {
        const said = parley.transcript.filter((turn) => turn.role === "assistant");
        return said.length > count && new RegExp(words, "i").test(said.at(-1).final);
    }, [answer, before]);
}

/** Opens the page by a way of its own, and has the conversation remember something and fall silent. */
async function remembering(act, of = server) {
    const way = await wayTo(of.port);
    const tab = await openBrowser();
    try {
        await tab.page.goto(`${way.url}/?record`);
        await ask(tab.page, "Remember that the parcel is under the stairs.", "remember");
        await answered(tab.page);
        await act(tab.page, way, tab);
        assert.deepEqual(tab.problems, [], "no error in the page");
    } finally {
        await tab.close();
        await way.close();
    }
}

const knows = (page) => ask(page, "What did I ask you to remember?", "parcel.*stairs");

for (const websocket of [true, false]) {
    const then = websocket ? "the same network" : "one that refuses WebSocket";
    test(`a network that fails in the middle of an answer loses no word of it, and the page talks on by ${then}`, () => remembering(async (page, way) => {
        const spoken = (await texts(page, "assistant")).join(" ");
        await type(page, "What can you do?");
        await isState(page, "speaking");

        way.cut();
        await isState(page, "reconnecting");
        way.mend({ websocket });

        await notice(page, "You are connected again. The conversation goes on.");
        await answered(page);
        const [, answer, ...more] = await texts(page, "assistant");
        assert.deepEqual(more, [], "one answer to one question");
        const wav = `${folder}/answer-${websocket}.wav`;
        writeFileSync(wav, Buffer.from(await page.evaluate(() => parley.recordedWav()), "base64"));
        const sounded = await transcribe(wav);
        assert.ok(wordErrorRate(`${spoken} ${answer}`, sounded) <= 0.3, `answer «${answer}», sound recognised as «${sounded}»`);
        await knows(page);
        if (!websocket) assert.equal(await page.evaluate(() => parley.transport), "polling");
    }));
}

test("a page that is loaded again goes on with its conversation, and shows what was said", () => remembering(async (page) => {
    const before = await said(page);
    await page.reload();
    await notice(page, "Your last conversation may still be open. Press Talk to go on with it.");

    await talk(page);

    await notice(page, "You are connected again. The conversation goes on.");
    await isState(page, "listening");
    assert.deepEqual(await settled(() => said(page), (now) => isDeepStrictEqual(now, before)), before);
    await knows(page);
}));

test("a duplicate of the tab takes the conversation over, and the first one is told", async () => {
    // A server of its own: at the other one, conversations of the tests before wait for their pages.
    const own = await startServer();
    const conversations = async () => (await (await fetch(`${own.url}/health/ready`)).json()).activeSessions;
    try {
        await remembering(async (page, way, { context }) => {
            assert.equal(await conversations(), 1);
            const opened = context.waitForEvent("page");
            await page.evaluate(() => void open(location.href));
            const other = await opened;
            await notice(other, "Your last conversation may still be open.");

            await talk(other);

            await notice(page, "This conversation goes on in another tab.");
            await isState(page, "idle");
            await knows(other);
            assert.equal(await conversations(), 1);
        }, own);
    } finally {
        await own.stop();
    }
});

test("who has said goodbye begins anew", () => remembering(async (page) => {
    await page.getByRole("button", { name: /^(stop|end)/i }).first().click();
    await isState(page, "idle");
    await page.reload();
    assert.equal(await page.locator("#notice").isVisible(), false);

    await ask(page, "What did I ask you to remember?", "nothing|not|n't");
}));
