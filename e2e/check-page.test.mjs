// The check as a page of its own, on a site of another origin: against the reference server, Parley, and servers that a browser cannot use.
// Its pictures are kept when PICTURES names a folder.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { createRequire } from "node:module";
import { once } from "node:events";
import { openBrowser } from "./lib/browser.mjs";
import { freePort, root, startServer } from "./lib/parley.mjs";
import { reference, reference2 } from "./lib/peers.mjs";

const pictures = process.env.PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync("/tmp/parley-check-page-");
const desk = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** The strictest policy that the page works with. */
const STRICT = "default-src 'none'; script-src 'self'; img-src data:; connect-src http: ws: https: wss:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
const sites = [];
let site;

/** A web server that holds the two files and nothing else; the page's address. */
async function host(policy = STRICT) {
    const server = createServer((request, response) => {
        const name = request.url.replace(/[?#].*/, "");
        if (name !== "/parley-check.html" && name !== "/parley-check.js") return response.writeHead(404).end();
        response.writeHead(200, { "Content-Type": name.endsWith("js") ? "text/javascript" : "text/html", "Content-Security-Policy": policy });
        response.end(readFileSync(folder + name));
    });
    sites.push(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${server.address().port}/parley-check.html?patience=20`;
}

before(async () => {
    execFileSync(process.execPath, [`${root}build/check-page.mjs`, folder]);
    site = await host();
});
after(() => {
    for (const server of sites) server.closeAllConnections();
    for (const server of sites) server.close();
    rmSync(folder, { recursive: true, force: true });
});

/** Opens the page and gives it to the test; a page that asks anybody but its site and `allowed` fails it. */
async function onThePage(url, options, act) {
    const tab = await openBrowser(options);
    try {
        await tab.page.goto(url);
        await act(tab.page, tab);
        assert.deepEqual(tab.problems, [], "no error in the page");
    } finally {
        await tab.close();
    }
}

async function check(page, server) {
    await page.getByLabel("Address of the server").fill(server);
    await page.getByRole("button", { name: "Check" }).click();
    await page.locator("#check-verdict:not([data-grade=running])").waitFor();
    return page.locator("#check-verdict .checkup-sentence").innerText();
}

const step = (page, title) => page.locator(".checkup-step", { has: page.getByText(title, { exact: true }) });
const state = (page, title) => step(page, title).getAttribute("data-state");
const grade = (page) => page.locator("#check-verdict").getAttribute("data-grade");
const causes = (page) => page.locator(".check-cause").evaluateAll((items) => items.map((item) => `${item.children[0].textContent} ${item.children[1].textContent}`));

async function picture(page, name) {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

async function against(starting, act) {
    const peer = await starting;
    try {
        await act(peer);
    } finally {
        await peer.stop();
    }
}

for (const [name, options] of [["desk", desk], ["phone", phone]]) {
    test(`the reference server on another origin works by polling and WebSocket (${name})`, () => against(reference({ cors: { origin: "*" } }), ({ url, io }) => onThePage(site, { ...options, bypassCSP: name === "desk", permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
        let joined = 0;
        io.on("connection", () => joined++);
        const asked = new Set();
        page.on("request", (request) => asked.add(new URL(request.url()).origin));
        assert.equal(await check(page, `${url}/?token=open-sesame`), "Works from this browser, by polling and by WebSocket.");
        assert.equal(await grade(page), "good");
        for (const title of ["Reaching the server", "Connecting by polling", "Connecting by WebSocket", "Changing from polling to WebSocket", "Keeping a quiet connection"]) assert.equal(await state(page, title), "good", title);
        assert.ok(await step(page, "Sound over polling").isHidden(), "no sound without an echo");
        assert.equal(joined, 0, "the application notices nothing");
        assert.deepEqual([...asked].sort(), [url], "nothing else was asked");
        await picture(page, `check-page-${name}`);
        if (name === "desk") {
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
            assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(", ")}`), []);
        }
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing wider than the screen");

        await page.getByRole("button", { name: "Copy link" }).click();
        await page.getByText("Copied").waitFor();
        const link = await page.evaluate(() => navigator.clipboard.readText());
        assert.ok(link.startsWith(`${site.replace(/\?.*/, "")}#result=`), link);
        const held = Buffer.from(link.split("#result=")[1], "base64url").toString();
        assert.ok(!held.includes("open-sesame") && held.includes(url), held);
        await page.goto("about:blank");
        asked.clear();
        await page.goto(link);
        assert.equal(await page.locator("#check-verdict .checkup-sentence").innerText(), "Works from this browser, by polling and by WebSocket.");
        assert.match(await page.locator("#check-origin").innerText(), /came with the link.*Nothing was checked now/);
        assert.deepEqual([...asked], [new URL(site).origin], "a link examines nothing");
    })));
}

test("a server that does not allow the page is told from one that is not there", () => against(reference(), ({ url }) => onThePage(site, desk, async (page) => {
    assert.match(await check(page, url), /^WebSocket works, but polling, with which clients begin, does not: the server responds, but its response does not allow pages of http:\/\/127\.0\.0\.1:\d+ to read it \(CORS\)\.$/);
    assert.deepEqual(await causes(page), ["Certain cors"]);
    await picture(page, "check-page-cors");
    assert.match(await check(page, `http://127.0.0.1:${await freePort()}`), /^This page cannot reach the server\.$/);
    assert.equal(await grade(page), "bad");
})));

test("the policy of the page that holds the check is named as the cause", async () => onThePage(await host(STRICT.replace("connect-src http: ws: https: wss:", "connect-src 'self'")), desk, (page) =>
    against(reference({ cors: { origin: "*" } }), async ({ url }) => {
        assert.match(await check(page, url), /the policy \(CSP\) of the page that holds this check forbids/);
        assert.deepEqual(await causes(page), ["Certain page_policy"]);
    })));

test("an old server, a server without polling and a web server are told apart", () => onThePage(site, desk, async (page) => {
    await against(reference2({ origins: "*:*" }), async ({ url }) => assert.match(await check(page, url), /speaks Engine\.IO 3 only/));
    await against(reference({ transports: ["websocket"], cors: { origin: "*" } }), async ({ url }) => assert.equal(await check(page, url), "WebSocket works; the server offers no polling."));
    const web = createServer((request, response) => response.writeHead(404, { "Access-Control-Allow-Origin": "*" }).end("<html>"));
    await once(web.listen(0, "127.0.0.1"), "listening");
    try {
        assert.equal(await check(page, `http://127.0.0.1:${web.address().port}/chat`), "What responds is no Socket.IO server at this path (status 404).");
    } finally {
        web.closeAllConnections();
        web.close();
    }
}));

test("sessions that hold only with a cookie are recognised", async () => {
    const cors = { origin: [new URL(site).origin], credentials: true };
    await against(reference({ cors, transports: ["polling"] }), ({ url: one }) => against(reference({ cors, transports: ["polling"] }), async ({ url: two }) => {
        let turn = 0;
        // A load balancer that keeps a client at its server by a cookie.
        const balancer = createServer((request, response) => {
            const known = /server=(\d)/.exec(request.headers.cookie ?? "")?.[1];
            const chosen = known ?? String(turn++ % 2);
            const onward = forward(new URL(request.url, chosen === "0" ? one : two), { method: request.method, headers: request.headers }, (answer) => {
                response.writeHead(answer.statusCode, { ...answer.headers, ...(!known && { "Set-Cookie": `server=${chosen}; Path=/` }) });
                answer.pipe(response);
            });
            onward.on("error", () => response.destroy());
            response.on("close", () => onward.destroy());
            request.pipe(onward);
        });
        await once(balancer.listen(0, "127.0.0.1"), "listening");
        try {
            await onThePage(site, desk, async (page) => {
                assert.equal(await check(page, `http://127.0.0.1:${balancer.address().port}`), "Polling works with cookies only: sessions hold only with the cookie that a load balancer sets.");
                assert.deepEqual(await causes(page), ["Certain cookies_needed"]);
            });
        } finally {
            balancer.closeAllConnections();
            balancer.close();
        }
    }));
});

test("a hostile link shows no markup, runs nothing and begins nothing", () => onThePage("about:blank", desk, async (page, tab) => {
    const asked = [];
    const link = (value) => `${site}#result=${Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")}`;
    const ids = ["device", "reach", "polling", "pollingSound", "websocket", "websocketSound", "upgrade", "quiet"];
    const seen = Object.fromEntries(ids.map((id) => [id, { ok: false, why: "<img src=x onerror=alert(1)>" }]));
    const result = { v: 1, server: "https://example.org", page: "https://my.page", at: 0, agent: "<b>", hidden: false, seen };
    page.on("dialog", (dialog) => (asked.push("dialog"), dialog.dismiss()));
    await page.goto(link(result));
    await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
    assert.equal(await page.locator("#check-result img, #check-result b, #check-result script").count(), 0);
    const hostile = [
        "x", "{}", "null", "[]", { ...result, v: 2 }, { ...result, server: "javascript:alert(1)" }, { ...result, server: "https://example.org/path" }, { ...result, at: 1e300 }, { ...result, seen: {} },
        { ...result, seen: { ...seen, reach: { ok: "<b>" } } }, { ...result, seen: { ...seen, reach: { toString: 1 } } }, { ...result, seen: { ...seen, quiet: { why: "x".repeat(5_000) } } },
    ];
    for (const value of hostile) {
        await page.goto("about:blank");
        await page.goto(link(value));
        await page.getByText("The link does not hold a result that can be read").waitFor();
        assert.ok(await page.locator("#check-result").isHidden());
    }
    assert.deepEqual(asked, []);
    assert.deepEqual(tab.problems, []);
}));

test("Parley serves the check, which measures sound where there is an echo", async () => {
    const server = await startServer();
    try {
        await against(reference({ cors: { origin: "*" } }), ({ url }) => onThePage(`${server.url}/check/?patience=20`, desk, async (page) => {
            assert.equal(await check(page, url), "Works from this browser, by polling and by WebSocket.");
            assert.match(await check(page, server.url), /^Works from this browser, by polling and by WebSocket\. (Voice: |Sound could not be measured)/);
            assert.match(await step(page, "Sound over WebSocket").innerText(), /Round trip [\d.]+ m?s/);
            await picture(page, "check-page-parley");
        }));
    } finally {
        await server.stop();
    }
});
