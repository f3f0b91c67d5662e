// The page's messages when it cannot hear or be heard, and their buttons: in a real browser, with a microphone and an audio context that break.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { startServer } from "./lib/parley.mjs";
import { microphone } from "./lib/sound.mjs";
import { breakable } from "./lib/microphone.mjs";
import { openBrowser } from "./lib/browser.mjs";

const folder = mkdtempSync("/tmp/parley-hearing-");
let server, allowed;

before(async () => {
    allowed = microphone(`${folder}/silence.wav`, ["silence/1"]);
    server = await startServer();
});
after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

const button = (page, name) => page.getByRole("button", { name, exact: true });
const hint = (page, hasText) => page.locator("#hint", { hasText }).waitFor();
const announced = (page, hasText) => page.locator("#announcer", { hasText }).waitFor({ state: "attached" });
/** Says and offers nothing of a fault any more. */
const well = async (page) => {
    await page.locator("#mend").waitFor({ state: "hidden" });
    await hint(page, "Go ahead, I am listening.");
};

/** Has a conversation in which the page listens to a microphone that works. */
async function listening(act) {
    const tab = await openBrowser({ microphone: allowed });
    const { page } = tab;
    try {
        await breakable(page);
        await page.goto(server.url);
        await button(page, "Talk").click();
        await page.waitForFunction(() => parley.state === "listening");
        await well(page);
        await act(page);
        assert.deepEqual(tab.problems, [], "no error in the page");
    } finally {
        await tab.close();
    }
}

test("a microphone that delivers nothing or is unplugged is said, and asked for again by a button", () => listening(async (page) => {
    const faults = [["The microphone delivers no sound.", () => broken.level(0)], ["The microphone was disconnected.", () => broken.unplug()]];
    for (const [i, [sentence, fault]] of faults.entries()) {
        await page.evaluate(fault);
        await hint(page, sentence);
        await announced(page, sentence);
        await button(page, "Use the microphone again").click();
        await well(page);
        assert.equal(await page.evaluate(() => broken.asked), i + 2);
    }
    assert.equal(await page.evaluate(() => parley.state), "listening", "it is the same conversation");
}));

test("a microphone that the system mutes is said until it delivers again, one that the user mutes is not", () => listening(async (page) => {
    await page.evaluate(() => broken.withhold(true));
    await hint(page, "Your browser or system has muted the microphone.");
    await page.evaluate(() => broken.withhold(false));
    await well(page);
    await button(page, "Mute").click();
    await page.evaluate(() => broken.level(0));
    await page.waitForTimeout(4_000);
    assert.equal(await page.locator("#hint").innerText(), "Your microphone is muted.");
    assert.equal(await page.locator("#mend").isVisible(), false);
}));

test("a suspended sound is said, and comes back by any key, by the button, or anew if it cannot be woken", () => listening(async (page) => {
    const asleep = () => hint(page, "The browser has stopped the sound of this page.");
    await page.evaluate(() => broken.suspend());
    await asleep();
    await page.keyboard.press("Shift");
    await well(page);
    await page.evaluate(() => broken.suspend());
    await asleep();
    await button(page, "Turn the sound on").click();
    await well(page);
    assert.deepEqual(await page.evaluate(() => broken.contexts()), ["running"]);

    await page.evaluate(() => broken.suspend(true));
    await asleep();
    await button(page, "Turn the sound on").click();
    await well(page);
    assert.deepEqual(await page.evaluate(() => broken.contexts()), ["closed", "running"]);
    assert.equal(await page.evaluate(() => broken.asked), 2);
}));

test("a microphone that is too loud is said once", () => listening(async (page) => {
    await page.evaluate(() => broken.level(1));
    await page.locator("#notice-text", { hasText: "Your microphone is too loud" }).waitFor();
    await announced(page, "Your microphone is too loud");
    await button(page, "Dismiss the message").click();
    await page.waitForTimeout(3_000);
    assert.equal(await page.locator("#notice").isVisible(), false);
}));
