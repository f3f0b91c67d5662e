// The doctor as a command: what it finds of servers that are not ours, that it finds nothing where nothing is, and that it watches.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "./lib/children.mjs";
import { createInterface } from "node:readline";
import { once } from "node:events";
import { createServer } from "node:net";
import { parley, root } from "./lib/parley.mjs";
import { nettySocketIo, reference, reference2 } from "./lib/peers.mjs";

/** Examines, and gives the report with its causes other than "ok" beside it. */
async function doctor(url, ...args) {
    const { code, out, err } = await parley(["doctor", url, "--json", "--quiet", ...args], { seconds: 120 });
    assert.ok(out.startsWith("{"), `${code} ${err}`);
    const report = JSON.parse(out);
    return { code, report, causes: causes(report, ({ severity }) => severity !== "ok"), fine: causes(report, ({ severity }) => severity === "ok") };
}

const causes = (report, wanted) => [...new Set(report.findings.filter(wanted).map(({ cause }) => cause))].sort();

/** Gives a server to the test and stops it. */
async function against(starting, act) {
    const peer = await starting;
    try {
        await act(peer);
    } finally {
        await peer.stop();
    }
}

const WELL = ["affinity_holds", "connect_works", "idle_survives", "payload_passes", "polling_works", "push_prompt", "reachable", "upgrade_works", "websocket_works"];

test("the reference server is healthy, and closed to old clients unless it is told otherwise", () => against(reference(), async ({ url }) => {
    const { code, report, causes, fine } = await doctor(url);
    assert.equal(report.health, "healthy", report.verdict);
    assert.equal(code, 0);
    assert.deepEqual(causes.filter((cause) => cause !== "not_examined"), ["cors_missing", "old_clients_refused"]);
    for (const cause of WELL) assert.ok(fine.includes(cause), cause);
    assert.deepEqual(report.server, { pingIntervalMs: 2000, pingTimeoutMs: 20000, maxPayload: 1000000, upgrades: ["websocket"] });
}));

test("with allowEIO3 it serves old clients too", () => against(reference({ allowEIO3: true, cors: { origin: "https://my.page" } }), async ({ url }) => {
    const { report, causes, fine } = await doctor(url, "--origin", "https://my.page");
    assert.equal(report.health, "healthy", report.verdict);
    assert.deepEqual(causes.filter((cause) => cause !== "not_examined"), []);
    assert.ok(fine.includes("old_clients_served"));
    assert.ok(fine.includes("cors_right"));
}));

test("a reference server that refuses a namespace, or has no WebSocket, is told from one that is broken", () => against(reference({ transports: ["polling"] }), async ({ url, io }) => {
    io.of("/locked").use((socket, next) => next(new Error("who are you?")));
    const { code, report, causes } = await doctor(url, "--namespace", "/locked");
    assert.equal(report.health, "impaired", report.verdict);
    assert.equal(code, 1);
    assert.ok(causes.includes("connect_refused"), causes.join());
    assert.match(JSON.stringify(report.findings), /who are you\?/);
    const open = await doctor(url);
    assert.equal(open.report.health, "healthy", open.report.verdict);
    assert.match(open.report.verdict, /the server offers no WebSocket/);
}));

test("a reference server without polling works for clients that are told, and is examined on WebSocket", () => against(reference({ transports: ["websocket"] }), async ({ url }) => {
    const { code, report, causes, fine } = await doctor(url);
    assert.equal(report.health, "impaired", report.verdict);
    assert.equal(code, 1);
    assert.match(report.verdict, /^Works on WebSocket only: polling is turned off on the server\. .*transports: \["websocket"\]/);
    assert.deepEqual(causes.filter((cause) => cause !== "not_examined"), ["polling_off"]);
    for (const cause of ["connect_works", "idle_survives", "reachable", "websocket_works"]) assert.ok(fine.includes(cause), cause);
    assert.equal(report.server.pingIntervalMs, 2000);
    assert.deepEqual(report.voice.map(({ transport }) => transport), ["websocket"]);
}));

test("a server of version 2 is said to be one", () => against(reference2(), async ({ url }) => {
    const { code, report, causes, fine } = await doctor(url);
    assert.equal(report.health, "impaired", report.verdict);
    assert.equal(code, 1);
    assert.deepEqual(causes.filter((cause) => cause !== "not_examined"), ["cors_preflight_refused", "revision_unsupported"], report.verdict);
    assert.match(report.verdict, /^Works for old clients only: the server speaks Engine\.IO 3\./);
    for (const cause of ["affinity_holds", "connect_works", "websocket_works", "upgrade_works"]) assert.ok(fine.includes(cause), cause);
}));

test("one of version 2 without polling is said to be one, too", () => against(reference2({ transports: ["websocket"] }), async ({ url }) => {
    const { code, report, causes, fine } = await doctor(url);
    assert.equal(code, 1, report.verdict);
    assert.deepEqual(causes.filter((cause) => cause !== "not_examined"), ["revision_unsupported"]);
    assert.match(report.verdict, /^Works for old clients only: the server speaks Engine\.IO 3\./);
    for (const cause of ["connect_works", "websocket_works"]) assert.ok(fine.includes(cause), cause);
}));

test("of netty-socketio it says what is so, and calls it healthy", () => against(nettySocketIo(), async ({ url }) => {
    const { code, report, causes, fine } = await doctor(url);
    assert.equal(report.health, "healthy", JSON.stringify(report.findings, null, 1));
    assert.equal(code, 0);
    assert.deepEqual(causes.filter((cause) => cause !== "not_examined"), ["compressed", "payload_limited"]);
    for (const cause of ["connect_works", "old_clients_served", "polling_works", "reachable", "upgrade_works", "websocket_works"]) assert.ok(fine.includes(cause), cause);
}));

test("a quick look at a server that is silent says so", async () => {
    const silent = createServer((socket) => socket.on("error", () => {}).resume());
    await once(silent.listen(0, "127.0.0.1"), "listening");
    try {
        for (const scheme of ["http", "https"]) {
            const { code, report } = await doctor(`${scheme}://127.0.0.1:${silent.address().port}`, "--quick");
            assert.equal(code, 2, report.verdict);
        }
    } finally {
        silent.close();
    }
});

test("watching tells what changes, and a signal ends it", async () => {
    let peer = await reference();
    const { port } = new URL(peer.url);
    const child = spawn(`${root}parley`, ["doctor", peer.url, "--quick", "--quiet", "--watch", "5"], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const until = async (wanted) => {
        for (let next = await lines.next(); !next.done; next = await lines.next()) if (wanted.test(next.value)) return;
        assert.fail(`ended before it said ${wanted}`);
    };
    try {
        await until(/healthy, as before/);
        await peer.stop();
        await until(/healthy -> broken: /);
        await until(/new: Nobody listens on 127\.0\.0\.1 port/);
        await until(/broken, as before/);
        peer = await reference({}, Number(port));
        await until(/broken -> healthy: /);
        await until(/gone: Nobody listens/);
        child.kill("SIGINT");
        assert.deepEqual(await once(child, "exit"), [130, null]);
    } finally {
        child.kill("SIGKILL");
        await peer.stop();
    }
});
