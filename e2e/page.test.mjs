// The whole product as a person meets it: the page in a real browser, human speech as the microphone, the sound of the answer recognised.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { settled, startServer } from "./lib/parley.mjs";
import { microphone } from "./lib/sound.mjs";
import { mouthOf } from "./lib/mouth.mjs";
import { answered, openBrowser } from "./lib/browser.mjs";
import { proxyWithoutWebSocket } from "./lib/nginx.mjs";
import { conversationThreads } from "./lib/threads.mjs";
import { transcribe } from "./lib/transcribe.mjs";
import { wayTo } from "./lib/way.mjs";
import { wordErrorRate, words } from "./lib/words.mjs";

const folder = mkdtempSync("/tmp/parley-page-");
const talk = (page) => page.getByRole("button", { name: /^talk/i });
const look = (page) => page.evaluate(() => ({ ...window.parley, state: parley.state, transport: parley.transport, transcript: parley.transcript }));
let server;

// A page that is closed is waited for a little while, in case it was only loaded again.
before(async () => (server = await startServer({ env: { PARLEY_RECONNECT_WAIT: "2s" } })));
after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

/**
 * Speaks `clip` into the page and gives the user's words, the answer's text and the answer as recognised from the sound played. A real
 * microphone waits for nobody: half a minute is more than a page allows for all that comes before it listens.
 */
async function converse(url, clip, name, { real = false } = {}) {
    const mic = microphone(`${folder}/${name}-mic.wav`, real ? [clip] : ["silence/1"], { lead: 30, gap: 25 });
    const tab = await openBrowser({ microphone: mic });
    try {
        const say = real ? undefined : await mouthOf(tab.page);
        await tab.page.goto(`${url}/?record`);
        await talk(tab.page).click();
        await tab.page.waitForFunction(() => parley.state === "listening");
        await say?.(clip);
        await tab.page.waitForFunction(() => parley.transcript.some((turn) => turn.role === "user" && turn.final));
        await answered(tab.page);
        const { transcript, transport } = await look(tab.page);
        writeFileSync(`${folder}/${name}-answer.wav`, Buffer.from(await tab.page.evaluate(() => parley.recordedWav()), "base64"));
        assert.deepEqual(tab.problems, [], "no error in the page");
        return {
            heard: transcript.filter((turn) => turn.role === "user").map((turn) => turn.final).join(" "),
            answer: transcript.filter((turn) => turn.role === "assistant").map((turn) => turn.final).join(" "),
            sounded: await transcribe(`${folder}/${name}-answer.wav`),
            transport,
            upgradedAt: await tab.page.evaluate(() => parley.upgradedAt),
            console: tab.console,
        };
    } finally {
        await tab.close();
    }
}

function holdsTheWords({ heard, answer, sounded }, spoken) {
    assert.ok(wordErrorRate(spoken, heard) <= 0.2, `spoken «${spoken}», transcript «${heard}»`);
    assert.ok(words(answer).length >= 2, `answer «${answer}»`);
    assert.ok(wordErrorRate(answer, sounded) <= 0.3, `answer «${answer}», sound recognised as «${sounded}»`);
}

test("the page connects by polling, upgrades, hears and is heard", async () => {
    const result = await converse(server.url, "demo-thanks", "upgrade", { real: true });
    holdsTheWords(result, "Goodbye. Thank you for trying out the Asterisk Open Source PBX.");
    assert.equal(result.transport, "websocket");
    assert.ok(result.upgradedAt);
    const said = result.console.join("\n");
    assert.match(said, /connect.*polling/);
    assert.match(said, /upgrade.*websocket/);
});

test("the same over polling only, behind a proxy that refuses WebSocket", async () => {
    const proxy = await proxyWithoutWebSocket(server.port);
    try {
        const result = await converse(proxy.url, "demo-thanks", "polling");
        holdsTheWords(result, "Goodbye. Thank you for trying out the Asterisk Open Source PBX.");
        assert.equal(result.transport, "polling");
        assert.match(result.console.join("\n"), /upgradeError/);
    } finally {
        await proxy.stop();
    }
});

test("without a microphone it says so kindly, and typing still gets a spoken answer", async () => {
    const tab = await openBrowser();
    try {
        await tab.page.goto(`${server.url}/?record`);
        await talk(tab.page).click();
        await tab.page.locator("#notice-text", { hasText: "No microphone was found" }).waitFor();
        await tab.page.getByRole("textbox", { name: /message/i }).fill("What is seven times eight?");
        await tab.page.keyboard.press("Enter");
        await tab.page.waitForFunction(() => /56|fifty.six/i.test(parley.transcript.at(-1)?.final ?? ""));
        await answered(tab.page);
        writeFileSync(`${folder}/typed.wav`, Buffer.from(await tab.page.evaluate(() => parley.recordedWav()), "base64"));
        assert.match(await transcribe(`${folder}/typed.wav`), /56|fifty.six/i);
    } finally {
        await tab.close();
    }
});

test("a page closed in the middle of a sentence leaves nothing behind", async () => {
    const counts = async () => (await (await fetch(`${server.url}/health/ready`)).json());
    await settled(counts, ({ activeSessions }) => activeSessions === 0); // the page of the test before may still be waited for
    const tab = await openBrowser();
    try {
        await tab.page.goto(server.url);
        await tab.page.getByRole("textbox", { name: /message/i }).fill("What can you do?");
        await tab.page.keyboard.press("Enter");
        await tab.page.waitForFunction(() => parley.state === "speaking");
        assert.equal((await counts()).activeSessions, 1);
        assert.ok(conversationThreads(server.pid).includes("parley-stream"));
    } finally {
        await tab.close();
    }
    const left = async () => ({ ...(await counts()), threads: conversationThreads(server.pid) });
    const now = await settled(left, ({ activeSessions, socketConnections, threads }) => activeSessions + socketConnections + threads.length === 0);
    assert.deepEqual(now, { status: "ready", model: "ready", draining: false, activeSessions: 0, socketConnections: 0, threads: [] });
});

test("a page whose server is restarted reconnects by itself and talks on", async () => {
    // The next one is started before the first one ends: the page asks only ten times, and a busy machine may take longer than that.
    const [own, again] = [await startServer(), await startServer()];
    const way = await wayTo(own.port);
    const tab = await openBrowser();
    const ask = async (text, answer) => {
        await tab.page.getByRole("textbox", { name: /message/i }).fill(text);
        await tab.page.keyboard.press("Enter");
        await tab.page.waitForFunction((word) => new RegExp(word, "i").test(parley.transcript.at(-1)?.text ?? ""), answer);
        await answered(tab.page);
    };
    try {
        await tab.page.goto(way.url);
        await ask("What is two plus two?", "is 4");
        await own.stop();
        await tab.page.waitForFunction(() => parley.state === "reconnecting");
        way.mend({ port: again.port });
        await tab.page.waitForFunction(() => parley.state === "listening");
        await ask("What is three plus three?", "is 6");
        assert.match(tab.console.join("\n"), /disconnect/);
        assert.match(tab.console.join("\n"), /reconnect_attempt/);
    } finally {
        await tab.close();
        await way.close();
        for (const server of [own, again]) await server.stop();
    }
});

for (const scheme of ["light", "dark"]) {
    test(`the page has no fault that axe can find (${scheme}), on a desk and on a phone`, async () => {
        const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
        for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
            const tab = await openBrowser({ colorScheme: scheme, viewport, bypassCSP: true });
            try {
                await tab.page.goto(server.url);
                await tab.page.evaluate(axe);
                const { violations } = await tab.page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
                assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(", ")}`), []);
                assert.ok(await tab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing wider than the screen");
            } finally {
                await tab.close();
            }
        }
    });
}
