// The page as a person uses it: buttons, settings, messages; with a mouse, a keyboard, a finger, and less motion.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { settled, startServer } from "./lib/parley.mjs";
import { microphone } from "./lib/sound.mjs";
import { mouthOf } from "./lib/mouth.mjs";
import { answered, openBrowser } from "./lib/browser.mjs";
import { wordErrorRate } from "./lib/words.mjs";

const folder = mkdtempSync("/tmp/parley-controls-");
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const button = (page, name) => page.getByRole("button", { name });
const message = (page) => page.getByRole("textbox", { name: /message/i });
let server;

before(async () => (server = await startServer()));
after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

/** Opens the page, gives it to the test, and sees that nothing went wrong in it. */
async function onThePage(options, act) {
    const { query = "", speaks = false, ...rest } = options;
    const tab = await openBrowser(rest);
    try {
        const sent = watchWebSocket(tab.page);
        const say = speaks ? await mouthOf(tab.page) : undefined;
        await tab.page.goto(`${server.url}/${query}`);
        await act(tab.page, { ...tab, sent, say });
        assert.deepEqual(tab.problems, [], "no error in the page");
    } finally {
        await tab.close();
    }
}

/** Collects the packets that the page sends by WebSocket: text as strings, sound as buffers. */
function watchWebSocket(page) {
    const sent = [];
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(payload)));
    return sent;
}

async function ask(page, text, answer) {
    await message(page).fill(text);
    await page.keyboard.press("Enter");
    await hears(page, answer);
}

const hears = (page, answer) => page.waitForFunction((words) => new RegExp(words, "i").test(parley.transcript.at(-1)?.text ?? "") && parley.transcript.at(-1).role === "assistant", answer);
const notice = (page, hasText) => page.locator("#notice-text", { hasText }).waitFor();
const isState = (page, state) => page.waitForFunction((wanted) => parley.state === wanted, state);

test("a microphone that is refused is explained, and typing still works", () => onThePage({ microphone: microphone(`${folder}/refused.wav`, ["vm-goodbye"]), refuse: true }, async (page) => {
    await button(page, /^talk/i).click();
    await notice(page, "The microphone is blocked for this page. Allow it in the address bar");
    await page.locator("#phase", { hasText: "Ready for typing" }).waitFor();
    await ask(page, "What is six times seven?", "is 42");
    await button(page, "Dismiss the message").click();
    assert.equal(await page.locator("#notice").isVisible(), false);
}));

test("everything can be done from the keyboard", () => onThePage({}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
    const order = [];
    for (let i = 0; i < 10; i++) {
        await page.keyboard.press("Tab");
        order.push(await focused());
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.notEqual(outline, "none", `the focus is visible on ${order.at(-1)}`);
    }
    assert.deepEqual(order, ["transport", "open-checkup", "open-settings", "talk", "scroll", "What time is it in Tokyo?", "How many kilometres are 26 miles?", "Set a timer for ten seconds", "message", "Send"]);

    await page.locator("#open-settings").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    assert.equal(await focused(), "open-settings", "the focus comes back");

    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await isState(page, "listening");
    await page.locator("#end").focus();
    await page.keyboard.press("Enter");
    await isState(page, "idle");
}));

test("with reduced motion nothing turns or slides", async () => {
    const moving = (page) => page.evaluate(() => document.getAnimations().length);
    const turning = async (page) => {
        await page.route("**/socket.io/**", () => {}); // never answered: it stays connecting
        await button(page, /^talk/i).click();
        await isState(page, "connecting");
        return page.evaluate(() => getComputedStyle(document.querySelector(".orb"), "::before").animationName);
    };
    await onThePage({ reducedMotion: "no-preference" }, async (page) => assert.equal(await turning(page), "turn"));
    await onThePage({ reducedMotion: "reduce" }, async (page) => {
        assert.equal(await turning(page), "none");
        assert.equal(await moving(page), 0);
        assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".fill")).transitionDuration), "0s");
    });
});

test("what is only planned looks so, and is replaced by what was said", () => onThePage({}, async (page) => {
    await page.evaluate(() => {
        window.planned = [];
        new MutationObserver(() => planned.push(...document.querySelectorAll(".turn-assistant .planned"))).observe(document.getElementById("turns"), { childList: true, subtree: true });
    });
    await message(page).fill("What can you do?");
    await page.keyboard.press("Enter");
    await answered(page);
    assert.ok((await page.evaluate(() => planned.length)) > 0);
    assert.equal(await page.locator(".planned").count(), 0);
    assert.equal(await page.locator(".turn-assistant .said").innerText(), await page.evaluate(() => parley.transcript.at(-1).final));
}));

test("one live region speaks, politely, and not over the answers", () => onThePage({}, async (page) => {
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]")].map((e) => [e.id, e.ariaLive])), [["announcer", "polite"]]);
    await page.evaluate(() => {
        window.announced = [];
        new MutationObserver(() => announced.push(document.getElementById("announcer").textContent)).observe(document.getElementById("announcer"), { childList: true });
    });
    await ask(page, "What is two plus two?", "is 4");
    await answered(page);
    assert.ok(!(await page.evaluate(() => announced.join())).includes("2 + 2"));
    assert.ok((await page.evaluate(() => announced)).includes("Connecting"));
}));

test("the voice that was picked speaks in the next conversation, and is remembered", () => onThePage({ query: "?transport=websocket" }, async (page, { sent }) => {
    const offered = (await (await fetch(`${server.url}/api/voices`)).json()).voices;
    await button(page, "Settings").click();
    const picker = page.getByRole("combobox", { name: "Voice" });
    await page.waitForFunction((n) => document.getElementById("voice").options.length === n, offered.length + 1);
    await picker.selectOption(offered.at(-1).id);
    await page.reload();
    await button(page, "Settings").click();
    await page.waitForFunction((id) => document.getElementById("voice").value === id, offered.at(-1).id);
    await button(page, "Done").click();
    await ask(page, "Hello", ".");
    assert.ok(sent.some((packet) => packet === `42["promptStart",{"voiceId":"${offered.at(-1).id}"}]`), sent.join("\n").slice(0, 500));

    await button(page, "Settings").click();
    await picker.selectOption(offered[0].id);
    await notice(page, `In the next conversation you hear ${offered[0].label}`);
}));

test("the prompt gives the assistant a name and a greeting, and is remembered", () => onThePage({}, async (page) => {
    await button(page, "Settings").click();
    const prompt = page.getByRole("textbox", { name: "Prompt" });
    await prompt.fill("Your name is Ada. Greet the user with \"Ahoy there\".");
    await page.keyboard.press("Escape");
    await page.reload();
    await ask(page, "What is your name?", "Ada");
    await button(page, "Settings").click();
    assert.match(await prompt.inputValue(), /Ada/);
    await button(page, "Clear the prompt").click();
    assert.equal(await prompt.inputValue(), "");
}));

test("the connection is said in words, and its details to those who ask", () => onThePage({}, async (page, { context }) => {
    const chip = (name) => page.locator("#transport", { hasText: name }).waitFor();
    await chip("Not connected");
    await ask(page, "Hello", ".");
    await chip("Good connection");
    await page.waitForFunction(() => parley.upgradedAt);
    const details = page.getByRole("tooltip");
    assert.equal(await details.isVisible(), false);
    await page.locator("#transport").focus();
    assert.match(await details.innerText(), /^Connected by WebSocket, changed from polling after [\d.]+ m?s\. Round trip [\d.]+ m?s\.$/);
    await page.locator("#transport").blur();
    await details.waitFor({ state: "hidden" });
    await page.locator("#transport").hover();
    await details.waitFor();

    let answer;
    await page.route("**/health", (route) => (answer = () => route.continue()));
    await chip("Slow connection");
    answer();
    await page.unroute("**/health");
    await chip("Good connection");
    await context.setOffline(true);
    await chip("No connection");
}));

test("a prompt that replaces the persona is said beside it and can be discarded; the persona speaks by its name, each conversation apart", () => onThePage({}, async (page) => {
    const persona = page.getByLabel("Who you talk to");
    const replaced = page.getByText("Not in use: your own prompt below replaces “Dental receptionist”.");
    await button(page, "Settings").click();
    await persona.selectOption({ label: "Dental receptionist" });
    assert.equal(await replaced.isVisible(), false);
    await page.getByRole("textbox", { name: "Prompt" }).fill("Be a pirate.");
    await page.reload();
    await button(page, "Settings").click();
    await replaced.waitFor();
    await button(page, "Discard my prompt").click();
    await replaced.waitFor({ state: "hidden" });
    assert.equal(await page.getByRole("textbox", { name: "Prompt" }).inputValue(), "");
    await button(page, "Done").click();
    for (const name of ["Dental receptionist", "Parley"]) {
        await ask(page, "Hello", ".");
        await page.locator(".turn-assistant .who", { hasText: name }).first().waitFor();
        await page.locator("#end").click();
        await isState(page, "idle");
        await button(page, "Settings").click();
        await persona.selectOption({ label: "Assistant" });
        await button(page, "Done").click();
    }
    const listed = await page.locator("#turns > li").evaluateAll((items) => items.map(({ className }) => className.replace(/^turn turn-/, "")));
    assert.deepEqual(listed.filter((one, i) => one !== listed[i - 1]), ["user", "assistant", "divider", "user", "assistant"], listed.join());
    assert.match(await page.locator(".divider").innerText(), /^New conversation, \d/);
}));

test("the transcript can be taken along", () => onThePage({}, async (page) => {
    assert.ok(await button(page, /download/i).isDisabled(), "nothing to take yet");
    await ask(page, "What is two plus two?", "is 4");
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, /download/i).click()]);
    assert.match(download.suggestedFilename(), /^parley-\d{4}-\d\d-\d\d-\d{6}\.txt$/);
    assert.match(readFileSync(await download.path(), "utf8"), /^Conversation with Parley, .*\n\n\[\d\d:\d\d:\d\d\] You: What is two plus two\?\n\[\d\d:\d\d:\d\d\] Parley: .*is 4/i);
}));

test("muted, the page goes on sending, but only silence", () => onThePage({ query: "?transport=websocket", endless: true, microphone: microphone(`${folder}/mute.wav`, ["demo-thanks"], { lead: 0, gap: 0 }) }, async (page, { sent }) => {
    const loud = (frame) => frame.some((byte) => byte !== 0);
    const sounds = () => sent.filter((frame) => typeof frame !== "string");
    const until = async (what, so) => assert.ok(await settled(async () => so(sounds()), Boolean), what);
    await button(page, /^talk/i).click();
    await until("it is heard", (frames) => frames.some(loud));
    await button(page, "Mute").click();
    await page.getByText("Your microphone is muted.").waitFor();
    assert.equal(await button(page, "Mute").getAttribute("aria-pressed"), "true");
    // More than three seconds, in which nobody who says the same again and again takes breath so long.
    await until("silence is sent", (frames) => frames.length >= 100 && !frames.slice(-100).some(loud));
    await button(page, "Mute").click();
    sent.length = 0;
    await until("it is heard again", (frames) => frames.some(loud));
}));

test("who speaks over an answer silences it, and is heard", () => onThePage({ speaks: true, microphone: microphone(`${folder}/silence.wav`, ["silence/1"]) }, async (page, { say }) => {
    await button(page, /^talk/i).click();
    await isState(page, "listening");
    await message(page).fill("What can you do?");
    await page.keyboard.press("Enter");
    await isState(page, "speaking");
    await say("vm-nobox");
    await page.waitForFunction(() => parley.transcript.some((turn) => turn.role === "assistant" && turn.interrupted));
    await page.waitForFunction(() => parley.transcript.filter((turn) => turn.role === "user").length === 2);
    const spoken = await page.evaluate(() => parley.transcript.findLast((turn) => turn.role === "user").final);
    assert.ok(wordErrorRate("You cannot reply to this message because the sender does not have a mailbox.", spoken) <= 0.3, spoken);
    assert.ok(await page.getByText("interrupted").isVisible());
}));

test("a page that the server asks to leave comes back by itself", async () => {
    const tab = await openBrowser();
    try {
        let dismiss;
        await tab.page.routeWebSocket(/socket\.io/, (socket) => {
            socket.connectToServer();
            dismiss = () => socket.send("41"); // Socket.IO: DISCONNECT
        });
        await tab.page.goto(`${server.url}/?transport=websocket`);
        await ask(tab.page, "What is two plus two?", "is 4");
        dismiss();
        await notice(tab.page, "You are connected again. The conversation goes on.");
        await ask(tab.page, "What is three plus three?", "is 6");
        const said = tab.console.join("\n");
        assert.match(said, /disconnect reason=io server disconnect/);
        assert.match(said, /reconnect_attempt 1\/10 after a server disconnect/);
        assert.equal(said.match(/connect transport=websocket/g).length, 2);
    } finally {
        await tab.close();
    }
});

test("a server that is not there is said so, and Talk can be pressed again", () => onThePage({}, async (page, { console: said }) => {
    await page.route("**/socket.io/?*", (route) => route.abort());
    await message(page).fill("Hello");
    await page.keyboard.press("Enter");
    await page.getByText(/The server does not respond\. Attempt ([2-9]|10) of 10\./).waitFor();
    assert.match(said.join("\n"), /connect_error .*\n(.*\n)*.*reconnect_attempt 1\/10/);
    await button(page, "Stop").or(button(page, "End")).first().click();
    await isState(page, "idle");
}));

test("on a phone talk, transcript and typing are in view, and large enough for a finger", () => onThePage(phone, async (page) => {
    await ask(page, "What can you do?", ".");
    for (const part of ["#talk", "#mute", "#end", "#message", ".send >> nth=0", "#open-checkup", "#open-settings", "#download"]) {
        const box = await page.locator(part).boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844, `${part} is in view`);
        assert.ok(box.width >= 44 && box.height >= 44, `${part} is ${box.width} by ${box.height}`);
    }
    await page.waitForFunction(() => parley.upgradedAt);
    for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `nothing is wider than ${width} pixels`);
    }
}));
