// The page on screens of all sizes and in all colours: everything in reach, large enough for a finger, nothing too faint to read.
// Its pictures are kept when PICTURES names a folder.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { startServer } from "./lib/parley.mjs";
import { microphone } from "./lib/sound.mjs";
import { breakable } from "./lib/microphone.mjs";
import { openBrowser } from "./lib/browser.mjs";

const pictures = process.env.PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync("/tmp/parley-layout-");
const SIZES = [[320, 568], [390, 844], [640, 320], [844, 390], [1280, 800]];
const COLOURS = { light: { colorScheme: "light", forcedColors: "none" }, dark: { colorScheme: "dark", forcedColors: "none" }, forced: { colorScheme: "dark", forcedColors: "active" } };
let server;

before(async () => (server = await startServer()));
after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

/** Returns the visible controls that are out of reach or too small; those of a dialog if one is open, which may scroll. */
const outOfReach = (page) => page.evaluate(() => {
    const dialog = document.querySelector("dialog[open]");
    const faults = document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    for (const part of (dialog ?? document).querySelectorAll("button, select, textarea, input:not([type=checkbox])")) {
        const { left, right, top, bottom, width, height } = part.getBoundingClientRect();
        if (width === 0) continue;
        const name = part.id || part.textContent.trim();
        if (width < 43.9 || height < 43.9) faults.push(`${name} is ${width} by ${height}`);
        const scrolls = dialog ?? part.closest("#scroll");
        if (left < 0 || right > innerWidth + 0.5 || (!scrolls && (top < 0 || bottom > innerHeight + 0.5))) faults.push(`${name} is out of the screen`);
    }
    return faults;
});

async function everywhere(page, state) {
    for (const [colour, media] of Object.entries(COLOURS)) {
        await page.emulateMedia(media);
        for (const [width, height] of SIZES) {
            await page.setViewportSize({ width, height });
            assert.deepEqual(await outOfReach(page), [], `${state}, ${colour}, ${width} by ${height}`);
            if (pictures) await page.screenshot({ path: `${pictures}/${width}x${height}-${state}-${colour}.png` });
        }
        if (colour === "forced") continue; // axe does not know these colours
        const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(", ")}`), [], `${state}, ${colour}`);
    }
}

test("everything is in reach and readable: idle, live, with a fault, with a message, in the settings", async () => {
    const tab = await openBrowser({ microphone: microphone(`${folder}/silence.wav`, ["silence/1"]), bypassCSP: true, reducedMotion: "reduce" });
    const { page } = tab;
    try {
        await breakable(page);
        await page.goto(server.url);
        await page.evaluate(axe);
        await everywhere(page, "idle");
        await page.locator("#talk").click();
        await page.waitForFunction(() => parley.state === "listening");
        await everywhere(page, "live");
        await page.evaluate(() => broken.level(0));
        await page.locator("#mend").waitFor();
        await everywhere(page, "fault");
        await page.evaluate(() => broken.level(1));
        await page.locator("#notice").waitFor();
        await page.evaluate(() => broken.level(0.0005));
        await page.locator("#transport").focus();
        await everywhere(page, "message");
        await page.locator("#open-settings").click();
        await page.locator("#persona").selectOption({ index: 1 });
        await page.locator("#prompt").fill("Be a pirate.");
        await page.locator("#persona").focus();
        await everywhere(page, "settings");
        assert.deepEqual(tab.problems, []);
    } finally {
        await tab.close();
    }
});

test("forced colours leave levels, borders and the focus visible", async () => {
    const tab = await openBrowser({ colorScheme: "dark", forcedColors: "active" });
    try {
        await tab.page.goto(server.url);
        await tab.page.locator("#talk").focus();
        await tab.page.keyboard.press("Tab");
        await tab.page.keyboard.press("Shift+Tab");
        const seen = await tab.page.evaluate(() => {
            const style = (selector) => getComputedStyle(document.querySelector(selector));
            const { outlineStyle, outlineColor, borderTopWidth } = style("#talk");
            return { outlineStyle, outlineColor, borderTopWidth, track: style(".track").borderTopStyle, ground: style("body").backgroundColor, fills: [style(".fill-you").backgroundColor, style(".fill-parley").backgroundColor] };
        });
        assert.deepEqual([seen.outlineStyle, seen.borderTopWidth, seen.track], ["solid", "2px", "solid"]);
        for (const colour of [seen.outlineColor, ...seen.fills]) assert.notEqual(colour, seen.ground);
    } finally {
        await tab.close();
    }
});
