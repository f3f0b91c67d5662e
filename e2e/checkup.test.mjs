// "Check my connection" in a real browser: on a healthy way, behind a proxy that refuses WebSocket, and with a server that dies meanwhile.
// Its pictures are kept when PICTURES names a folder.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { startServer } from "./lib/parley.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { proxyWithoutWebSocket } from "./lib/nginx.mjs";

const pictures = process.env.PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const desk = { width: 1280, height: 800 };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
let server;

before(async () => (server = await startServer()));
after(async () => server?.stop());

/** Opens the page at this address and gives it to the test. */
async function onThePage(url, options, act) {
    const tab = await openBrowser({ bypassCSP: true, ...options });
    try {
        await tab.page.goto(url);
        await act(tab.page, tab);
        assert.deepEqual(tab.problems, [], "no error in the page");
    } finally {
        await tab.close();
    }
}

const begin = (page) => page.getByRole("button", { name: "Check my connection" }).first().click();
const step = (page, title) => page.locator(".checkup-step", { has: page.getByText(title, { exact: true }) });
const state = (page, title) => step(page, title).getAttribute("data-state");
const isState = (page, title, wanted) => page.locator(`.checkup-step[data-state=${wanted}]`, { has: page.getByText(title, { exact: true }) }).waitFor();

/** Waits for the end, and gives the verdict. */
async function verdict(page) {
    await page.locator("#checkup-verdict:not([data-grade=running])").waitFor();
    return page.locator(".checkup-sentence").innerText();
}

async function picture(page, name) {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

async function text(page) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the check" }).click()]);
    assert.match(download.suggestedFilename(), /^parley-check-\d{4}-\d\d-\d\d-\d{6}\.txt$/);
    return readFileSync(await download.path(), "utf8");
}

for (const [name, options] of [["desk", { viewport: desk }], ["phone", phone]]) {
    test(`a healthy way is found healthy, step by step (${name})`, () => onThePage(server.url, options, async (page) => {
        await begin(page);
        await isState(page, "Sound over polling", "running");
        await picture(page, `checkup-${name}-running`);
        assert.match(await verdict(page), /over WebSocket/);
        for (const title of ["Reaching the server", "Connecting by polling", "Connecting by WebSocket", "Changing from polling to WebSocket", "Keeping a quiet connection"]) {
            assert.equal(await state(page, title), "good", title);
        }
        assert.match(await step(page, "Reaching the server").innerText(), /over HTTP\/1\.1/);
        assert.match(await step(page, "Sound over WebSocket").innerText(), /Round trip [\d.]+ m?s/);
        assert.equal(await page.evaluate(() => document.activeElement.id), "checkup-verdict", "who does not see it hears it");
        await picture(page, `checkup-${name}`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(", ")}`), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing wider than the screen");
        const sheet = await page.locator("#checkup").boundingBox();
        assert.ok(sheet.x >= 0 && sheet.x + sheet.width <= options.viewport.width && sheet.height <= options.viewport.height);
        for (const id of ["checkup-copy", "checkup-save", "checkup-again"]) {
            const { width, height } = await page.locator(`#${id}`).boundingBox();
            assert.ok(width >= 44 && height >= 44, id);
        }
    }));
}

test("its text can be copied and downloaded, and holds no secret of the address", () => onThePage(`${server.url}/?token=open-sesame`, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await begin(page);
    await verdict(page);
    const saved = await text(page);
    assert.match(saved, /^Parley, check of the connection\n\n(GOOD|FAIR|BAD): /);
    assert.match(saved, new RegExp(`^Server: +${server.url}$`, "m"));
    assert.match(saved, /^\[ok {2}\] Changing from polling to WebSocket: /m);
    assert.ok(!saved.includes("open-sesame"));
    await page.getByRole("button", { name: "Copy as text" }).click();
    await page.getByText("Copied").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), saved);
}));

test("a proxy that refuses WebSocket is noticed, and polling is said to do", async () => {
    const proxy = await proxyWithoutWebSocket(server.port);
    try {
        await onThePage(proxy.url, { viewport: desk }, async (page) => {
            await begin(page);
            const sentence = await verdict(page);
            assert.match(sentence, /by polling/);
            assert.equal(await state(page, "Connecting by WebSocket"), "note");
            assert.equal(await state(page, "Changing from polling to WebSocket"), "note");
            assert.equal(await state(page, "Connecting by polling"), "good");
            assert.equal(await state(page, "Keeping a quiet connection"), "good");
            // How fast sound is here is the machine's doing; what is made of it, page/checkup.test.mjs holds.
            assert.match(await step(page, "Sound over polling").innerText(), /Round trip [\d.]+ m?s/);
            await picture(page, "checkup-blocked");
        });
    } finally {
        await proxy.stop();
    }
});

test("a server that dies meanwhile is said to have broken off, and in a later check not to be there", async () => {
    const own = await startServer({ ready: false });
    try {
        await onThePage(own.url, phone, async (page) => {
            await begin(page);
            await isState(page, "Sound over polling", "running");
            process.kill(own.pid, "SIGKILL");
            assert.match(await verdict(page), /broke off in the middle of the check/);
            assert.equal(await state(page, "Sound over polling"), "bad");
            await page.getByRole("button", { name: "Check again" }).click();
            await isState(page, "Reaching the server", "bad");
            assert.match(await verdict(page), /cannot reach the server/);
            assert.equal(await state(page, "Connecting by polling"), "skipped");
            assert.match(await text(page), /^BAD: Your browser cannot reach the server\.$/m);
            await picture(page, "checkup-gone");
        });
    } finally {
        await own.stop();
    }
});

test("who cannot connect is offered the check at once", () => onThePage(server.url, phone, async (page) => {
    await page.route("**/socket.io/?*", (route) => route.abort());
    await page.getByRole("textbox", { name: /message/i }).fill("Hello");
    await page.keyboard.press("Enter");
    await page.locator("#trouble").click();
    assert.match(await verdict(page), /WebSocket works, but polling, with which this page begins, does not/);
    assert.equal(await state(page, "Connecting by polling"), "bad");
}));

test("who is told of an error is offered the check beside it", () => onThePage(server.url, phone, async (page) => {
    await page.route("**/socket.io/**", (route) => route.abort());
    await page.getByRole("textbox", { name: /message/i }).fill("Hello");
    await page.keyboard.press("Enter");
    await page.locator("#notice-checkup").waitFor();
    await picture(page, "checkup-offered");
    await page.locator("#notice-checkup").click();
    assert.match(await verdict(page), /no connection for a conversation can be opened/);
    assert.match(await step(page, "Connecting by polling").innerText(), /The server does not respond/);
}));

test("closing the sheet ends the check and its connections", () => onThePage(server.url, { viewport: desk }, async (page) => {
    const connections = async () => (await (await fetch(`${server.url}/health/ready`)).json()).socketConnections;
    await begin(page);
    await isState(page, "Sound over WebSocket", "running");
    assert.ok((await connections()) > 0);
    await page.keyboard.press("Escape");
    const end = Date.now() + 60_000;
    let now;
    do now = await connections();
    while (now > 0 && Date.now() < end);
    assert.equal(now, 0);
}));
