// The admin page of two servers in one cluster, as a person meets it. Needs the program redis-server.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { once } from "node:events";
import { ended, spawn } from "./lib/children.mjs";
import { freePort, startServer } from "./lib/parley.mjs";
import { openBrowser } from "./lib/browser.mjs";

let redis, servers = [];

before(async () => {
    const port = await freePort();
    redis = spawn("redis-server", ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"], { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    redis.stdout.on("data", (data) => (log += data));
    while (!log.includes("Ready to accept connections")) {
        await once(redis.stdout, "data", { signal: AbortSignal.timeout(60_000) });
    }
    const env = {
        PARLEY_REDIS_URL: `redis://127.0.0.1:${port}`, PARLEY_CLUSTER_SECRET: "a secret of at least 32 bytes ----",
        PARLEY_ADMIN_PASSWORD: "open sesame", PARLEY_DRAIN_TIME: "6s",
    };
    servers = await Promise.all([1, 2].map(() => startServer({ ready: false, env })));
});
after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await ended(redis);
});

test("shows both servers, ends a connection of the other one and drains it", async () => {
    const [here, there] = servers;
    const visitor = await openBrowser();
    const tab = await openBrowser();
    try {
        await visitor.page.goto(there.url);
        await visitor.page.addScriptTag({ url: "/socket.io/socket.io.js" });
        await visitor.page.evaluate(() => void io().on("disconnect", (reason) => (window.parted = reason)));

        await tab.page.goto(`${here.url}/admin`);
        await tab.page.getByLabel("Password").fill("open sesame");
        await tab.page.keyboard.press("Enter");
        const show = tab.page.getByRole("button", { name: /^Show / });
        await show.nth(1).waitFor();
        assert.equal(await show.count(), 2);

        await tab.page.locator("#nodes button:enabled").click();
        await tab.page.getByRole("button", { name: /^Disconnect/ }).first().click();
        await visitor.page.waitForFunction(() => window.parted);

        await tab.page.getByRole("button", { name: "Drain this server" }).click();
        await tab.page.getByRole("button", { name: "Drain it" }).click();
        await tab.page.getByText(/; draining/).waitFor();
        assert.equal((await (await fetch(`${there.url}/health/ready`)).json()).draining, true);
        assert.equal((await (await fetch(`${here.url}/health/ready`)).json()).draining, false);
        if (process.env.PICTURES) {
            await tab.page.screenshot({ path: `${process.env.PICTURES}/admin-cluster.png`, fullPage: true });
        }
        assert.deepEqual(tab.problems, []);
    } finally {
        await visitor.close();
        await tab.close();
    }
});
