// The page of a server that asks for a password, and of one that asks for tokens, in a real browser.
import { test } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { startServer } from "./lib/parley.mjs";
import { openBrowser } from "./lib/browser.mjs";

const folder = mkdtempSync("/tmp/parley-login-");
const key = "a-key-of-the-backend";

test("the password opens the page, and its cookie lasts", async () => {
    const server = await startServer({ ready: false, args: ["--auth", "password", "--password", "open sesame", "--data", `${folder}/password`] });
    const tab = await openBrowser();
    try {
        await tab.page.goto(server.url);
        assert.equal(new URL(tab.page.url()).pathname, "/login");
        await tab.page.getByLabel("Password").fill("wrong password");
        await tab.page.getByRole("button", { name: "Log in" }).click();
        await tab.page.getByText("That is not the password.").waitFor();
        await tab.page.getByLabel("Password").fill("open sesame");
        await tab.page.keyboard.press("Enter");
        await tab.page.getByRole("button", { name: "Talk" }).waitFor();

        await tab.page.reload();
        await tab.page.getByRole("button", { name: "Talk" }).waitFor();
        assert.equal(await joins(tab.page), "connected");
        assert.match(await tab.page.evaluate(() => document.cookie), /^$/);
    } finally {
        await tab.close();
        await server.stop();
    }
});

test("a token in the address opens one conversation, and leaves the address", async () => {
    const server = await startServer({ ready: false, args: ["--auth", "token", "--api-keys", key, "--data", `${folder}/token`] });
    const tab = await openBrowser();
    try {
        const answer = await fetch(`${server.url}/api/session`, {
            method: "POST",
            headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
            body: JSON.stringify({ user: "anna" }),
        });
        assert.equal(answer.status, 201);
        const { token } = await answer.json();

        const voices = tab.page.waitForResponse((response) => response.url().endsWith("/api/personas"));
        await tab.page.goto(`${server.url}/#token=${token}`);
        assert.equal((await voices).status(), 200);
        assert.equal(new URL(tab.page.url()).hash, "");
        await tab.page.getByRole("button", { name: /settings/i }).first().click();
        await tab.page.getByLabel("Prompt", { exact: true }).waitFor({ state: "hidden" });
        await tab.page.getByLabel("Voice", { exact: true }).waitFor({ state: "hidden" });
        await tab.page.getByLabel("Who you talk to").waitFor({ state: "hidden" });
        assert.equal(await joins(tab.page, { token }), "connected");
        assert.match(await joins(tab.page, {}), /asks for an access token/);
    } finally {
        await tab.close();
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
    }
});

/** Connects with the page's own client: "connected", or why not. */
async function joins(page, auth) {
    await page.addScriptTag({ url: "/socket.io/socket.io.js" });
    return page.evaluate((given) => new Promise((resolve) => {
        const socket = io({ forceNew: true, reconnection: false, auth: given });
        socket.on("connect", () => resolve("connected"));
        socket.on("connect_error", (error) => resolve(error.message));
    }), auth);
}
