// The admin page as a person meets it, with real connections; its pictures are kept when PICTURES names a folder.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { startServer } from "./lib/parley.mjs";
import { openBrowser } from "./lib/browser.mjs";

const pictures = process.env.PICTURES;
let server;

before(async () => (server = await startServer({ ready: false, args: ["--admin-password", "open sesame", "--drain-time", "6s"] })));
after(async () => server?.stop());

async function picture(page, name) {
    if (pictures) {
        await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
    }
}

test("shows who is connected, ends one, and drains", async () => {
    const visitor = await openBrowser();
    const tab = await openBrowser();
    try {
        await visitor.page.goto(server.url);
        await tab.page.goto(`${server.url}/admin`);
        await tab.page.getByLabel("Password").fill("wrong password");
        await tab.page.getByRole("button", { name: "Log in" }).click();
        await tab.page.getByText("That is not the password.").waitFor();
        await picture(tab.page, "admin-login");
        await tab.page.keyboard.type("open sesame");
        await tab.page.keyboard.press("Enter");

        // The visitor's page connects by itself or once somebody talks; a client of the same script surely does.
        await visitor.page.addScriptTag({ url: "/socket.io/socket.io.js" });
        await visitor.page.evaluate(() => void io().on("disconnect", (reason) => (window.parted = reason)));
        await tab.page.getByRole("row", { name: /websocket/ }).first().waitFor({ timeout: 60_000 });
        await fetch(`${server.url}/socket.io/?EIO=4&transport=polling&sid=nobody`);
        await tab.page.getByText("refused: Session ID unknown").waitFor();
        await picture(tab.page, "admin-desktop");

        await tab.page.setViewportSize({ width: 390, height: 844 });
        const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `the page is ${wide} pixels too wide for a phone`);
        await picture(tab.page, "admin-phone");
        await tab.page.emulateMedia({ colorScheme: "dark" });
        await picture(tab.page, "admin-dark");
        await tab.page.setViewportSize({ width: 1280, height: 800 });

        await tab.page.getByRole("button", { name: /^Disconnect/ }).first().click();
        await visitor.page.waitForFunction(() => window.parted);
        assert.equal(await tab.page.evaluate(() => [...document.querySelectorAll("button, input, svg, th")].filter(
            (each) => !(each.textContent.trim() || each.getAttribute("aria-label") || each.labels?.length)).length), 0, "everything has a name");

        await tab.page.getByRole("button", { name: "Drain this server" }).click();
        await picture(tab.page, "admin-sure");
        await tab.page.getByRole("button", { name: "Drain it" }).click();
        await tab.page.getByText(/; draining/).waitFor();
        assert.equal((await fetch(`${server.url}/health/ready`)).status, 503);
        assert.deepEqual(tab.problems, []);
    } finally {
        await visitor.close();
        await tab.close();
    }
});
