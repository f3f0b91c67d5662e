// A real Chromium whose microphone is a WAV file.
import { chromium } from "playwright-core";

/** A busy machine is slow, not wrong: the longest wait for anything in a page. */
const PATIENCE = 180_000;

/**
 * Opens a browser; `microphone` is a WAV file played once, or again and again with `endless`; undefined leaves the machine without one.
 * `refuse` answers the question whether the page may use it with no.
 */
export async function openBrowser({ microphone, endless = false, refuse = false, ...rest } = {}) {
    const sound = microphone
        ? ["--use-fake-device-for-media-stream", `--use-file-for-fake-audio-capture=${microphone}${endless ? "" : "%noloop"}`]
        : [];
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        timeout: PATIENCE,
        args: [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--autoplay-policy=user-gesture-required",
            refuse ? "--deny-permission-prompts" : "--use-fake-ui-for-media-stream", ...sound,
        ],
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...rest });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const console_ = [], problems = [];
    page.on("console", (message) => console_.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    return { browser, context, page, console: console_, problems, close: () => browser.close() };
}

/** Waits until the last turn is an answer that has come whole, and nothing is left to be heard of it. */
export async function answered(page) {
    await page.waitForFunction(() => {
        const turn = parley.transcript.at(-1);
        const whole = turn?.role === "assistant" && turn.over && !turn.interrupted && turn.final !== "" && turn.final === turn.text;
        return whole && !parley.sound.sounding && parley.state === "listening";
    });
}
