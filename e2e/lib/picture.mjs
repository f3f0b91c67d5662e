// See e2e/picture.
import { startServer } from "./parley.mjs";
import { openBrowser } from "./browser.mjs";
import { mouthOf } from "./mouth.mjs";
import { microphone } from "./sound.mjs";
import { rmSync } from "node:fs";

const server = await startServer();
const sound = microphone("/tmp/parley-picture.wav", ["silence/1"], { lead: 0.1, gap: 60 });
const tab = await openBrowser({ microphone: sound, deviceScaleFactor: 1 });
try {
    await mouthOf(tab.page);
    await tab.page.goto(server.url);
    await tab.page.getByRole("button", { name: /^talk/i }).click();
    await tab.page.waitForFunction(() => parley.state === "listening");
    for (const text of ["What time is it in Tokyo?", "Remember that my bike is behind the library.", "What is seventeen times twenty-three?"]) {
        await tab.page.getByRole("textbox", { name: /message/i }).fill(text);
        await tab.page.keyboard.press("Enter");
        await tab.page.waitForFunction((said) => {
            const turns = parley.transcript;
            const at = turns.findIndex((turn) => turn.text === said);
            return at >= 0 && turns[at + 1]?.final && !parley.sound.playing && parley.state === "listening";
        }, text, { timeout: 60_000 });
    }
    await tab.page.locator("#transport", { hasText: "Good connection" }).waitFor();
    await tab.page.screenshot({ path: process.argv[2] });
} finally {
    await tab.close();
    await server.stop();
    rmSync(sound, { force: true });
}
