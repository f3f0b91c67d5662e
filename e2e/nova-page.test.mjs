// The page in a real browser, in front of Nova Sonic's stand-in: who answers, tools of others as they are used, and the line when all is taken.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./lib/browser.mjs";
import { startNova, startStandIn } from "./lib/nova.mjs";

const folder = mkdtempSync("/tmp/parley-nova-page-");
const echo = fileURLToPath(new URL("lib/mcp-echo.mjs", import.meta.url));
let standIn, server;

before(async () => {
    mkdirSync(`${folder}/personas`);
    for (const name of ["Ada", "Bob"])
        writeFileSync(`${folder}/personas/${name.toLowerCase()}.yaml`, `name: ${name}\ndescription: One of two.\nprompt: You are ${name}.\ngreeting: I am ${name}.\n`);
    writeFileSync(`${folder}/mcp.json`, JSON.stringify({ mcpServers: { desk: { command: process.execPath, args: [echo] } } }));
    writeFileSync(`${folder}/silence.wav`, silence(2));
    standIn = await startStandIn();
    server = await startNova(standIn, "--max-conversations", "1", "--personas", `${folder}/personas`, "--persona", "ada", "--mcp-config", `${folder}/mcp.json`);
});
after(async () => {
    await server?.stop();
    await standIn?.stop();
    rmSync(folder, { recursive: true, force: true });
});

/** Seconds of nothing as a WAV file, for a machine that has a microphone. */
function silence(seconds) {
    const rate = 48_000, bytes = seconds * rate * 2;
    const head = Buffer.alloc(44);
    head.write("RIFF", 0);
    head.writeUInt32LE(36 + bytes, 4);
    head.write("WAVEfmt ", 8);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(rate, 24);
    head.writeUInt32LE(rate * 2, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write("data", 36);
    head.writeUInt32LE(bytes, 40);
    return Buffer.concat([head, Buffer.alloc(bytes)]);
}

const says = (page, text) => page.waitForFunction((wanted) => parley.transcript.some((turn) => turn.role === "assistant" && turn.text.includes(wanted)), text);
const typeInto = async (page, text) => {
    await page.getByRole("textbox", { name: /message/i }).fill(text);
    await page.keyboard.press("Enter");
};
const settings = (page) => page.getByRole("button", { name: /settings/i }).first();

test("whom one chooses in the settings is who answers", async () => {
    const tab = await openBrowser({ microphone: `${folder}/silence.wav` });
    try {
        await tab.page.goto(server.url);
        for (const name of ["Bob", "Ada"]) {
            await settings(tab.page).click();
            await tab.page.getByLabel("Who you talk to").selectOption({ label: name });
            await tab.page.getByRole("button", { name: "Done" }).click();
            await tab.page.locator("#talk").click();
            await says(tab.page, `I am ${name}.`);
            await tab.page.locator("#talk").click();
            await tab.page.waitForFunction(() => parley.state === "idle");
        }
        assert.deepEqual(tab.problems, []);
    } finally {
        await tab.close();
    }
});

test("tool servers are listed, and what they are asked and answer is shown", async () => {
    const tab = await openBrowser();
    try {
        await tab.page.goto(server.url);
        await tab.page.waitForFunction(async () => (await (await fetch("/api/mcp-servers")).json()).servers[0].state === "ready");
        await settings(tab.page).click();
        const listed = tab.page.locator("#servers-list li");
        await listed.filter({ hasText: "ready" }).waitFor();
        assert.match(await listed.innerText(), /desk.*stdio, ready[\s\S]*echo/);
        await tab.page.getByRole("button", { name: "Done" }).click();

        await typeInto(tab.page, 'use mcp__desk__echo {"text":"a pebble"}');
        const use = tab.page.locator("details.tool", { hasText: "used desk echo" });
        await use.locator("summary").click();
        await says(tab.page, "echo of a pebble");
        assert.equal(await use.locator("pre").innerText(), '{"text":"a pebble"}\n→ {"result":"echo of a pebble"}');
        assert.ok(await use.evaluate((one) => one.open), "it stays open while the answer is being drawn");
        assert.deepEqual(tab.problems, []);
    } finally {
        await tab.close();
    }
});

test("when all is taken one is told one's number in the line, and gets in when another leaves", async () => {
    const tabs = [];
    const come = async (text) => {
        const tab = await openBrowser();
        tabs.push(tab);
        await tab.page.goto(server.url);
        await typeInto(tab.page, text);
        return tab;
    };
    const told = (tab, title) => tab.page.locator("#phase", { hasText: title }).waitFor();
    try {
        const first = await come("I was first");
        await says(first.page, "You said: I was first");
        const second = await come("I was second");
        await told(second, "Busy: you are number 1");
        const third = await come("I was third");
        await told(third, "Busy: you are number 2");

        await first.page.getByRole("button", { name: "End", exact: true }).click();
        await says(second.page, "You said: I was second");
        await told(third, "Busy: you are number 1");
        await second.page.getByRole("button", { name: "End", exact: true }).click();
        await says(third.page, "You said: I was third");
        assert.deepEqual(third.problems, []);
    } finally {
        for (const tab of tabs) await tab.close();
    }
});
