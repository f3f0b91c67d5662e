// The doctor as a command: what it finds of servers that are not ours, that it finds nothing where nothing is, and that it watches.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "./lib/children.mjs";
import { createInterface } from "node:readline";
import { once } from "node:events";
import { createServer } from "node:net";
import { freePort, parley, root } from "./lib/parley.mjs";
import { nettySocketIo, reference, reference2 } from "./lib/peers.mjs";

/** Findings that a healthy server may also get on a busy machine. */
const PACE = new Set(["not_examined", "voice_marginal", "voice_bad", "push_late"]);

/** Examines, and gives the report; beside it, without regard to the pace of this machine, its causes other than "ok", and how healthy they leave it. */
async function doctor(url, ...args) {
    const { code, out, err } = await parley(["doctor", url, "--json", "--quiet", ...args]);
    assert.ok(out.startsWith("{"), `${code} ${err}`);
    const report = JSON.parse(out);
    assert.equal(code, ["healthy", "impaired", "broken", "unknown"].indexOf(report.health), report.verdict);
    const troubles = { ...report, findings: report.findings.filter(({ severity, cause }) => severity !== "ok" && !PACE.has(cause)) };
    const has = (severity) => troubles.findings.some((finding) => finding.severity === severity);
    const health = has("broken") ? "broken" : has("impaired") ? "impaired" : "healthy";
    return { report, health, causes: causes(troubles, () => true), fine: causes(report, ({ severity }) => severity === "ok") };
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

const WELL = ["affinity_holds", "connect_works", "idle_survives", "payload_passes", "polling_works", "reachable", "upgrade_works", "websocket_works"];

test("the reference server is healthy, and closed to old clients unless it is told otherwise", () => against(reference(), async ({ url }) => {
    const { report, health, causes, fine } = await doctor(url);
    assert.equal(health, "healthy", report.verdict);
    assert.deepEqual(causes, ["cors_missing", "old_clients_refused"]);
    for (const cause of WELL) assert.ok(fine.includes(cause), cause);
    assert.deepEqual(report.voice, [], "voice is of interest on a Parley server, or on request");
    assert.deepEqual(report.server, { pingIntervalMs: 2000, pingTimeoutMs: 20000, maxPayload: 1000000, upgrades: ["websocket"] });
}));

test("with allowEIO3 it serves old clients too", () => against(reference({ allowEIO3: true, cors: { origin: "https://my.page" } }), async ({ url }) => {
    const { report, health, causes, fine } = await doctor(url, "--origin", "https://my.page");
    assert.equal(health, "healthy", report.verdict);
    assert.deepEqual(causes, []);
    assert.ok(fine.includes("old_clients_served"));
    assert.ok(fine.includes("cors_right"));
}));

test("a reference server that refuses a namespace, or has no WebSocket, is told from one that is broken", () => against(reference({ transports: ["polling"] }), async ({ url, io }) => {
    io.of("/locked").use((socket, next) => next(new Error("who are you?")));
    const { report, health, causes } = await doctor(url, "--namespace", "/locked");
    assert.equal(health, "impaired", report.verdict);
    assert.ok(causes.includes("connect_refused"), causes.join());
    assert.match(JSON.stringify(report.findings), /who are you\?/);
    const open = await doctor(url);
    assert.equal(open.health, "healthy", open.report.verdict);
    assert.match(open.report.verdict, /the server offers no WebSocket/);
}));

test("a reference server without polling works for clients that are told, and is examined on WebSocket", () => against(reference({ transports: ["websocket"] }), async ({ url }) => {
    const { report, health, causes, fine } = await doctor(url, "--voice");
    assert.equal(health, "impaired", report.verdict);
    assert.match(report.verdict, /^Works on WebSocket only: polling is turned off on the server\. .*transports: \["websocket"\]/);
    assert.deepEqual(causes, ["polling_off"]);
    for (const cause of ["connect_works", "idle_survives", "reachable", "websocket_works"]) assert.ok(fine.includes(cause), cause);
    assert.equal(report.server.pingIntervalMs, 2000);
    assert.deepEqual(report.voice.map(({ transport }) => transport), ["websocket"]);
}));

test("a server of version 2 is said to be one", () => against(reference2(), async ({ url }) => {
    const { report, health, causes, fine } = await doctor(url);
    assert.equal(health, "impaired", report.verdict);
    assert.deepEqual(causes, ["cors_preflight_refused", "revision_unsupported"], report.verdict);
    assert.match(report.verdict, /^Works for old clients only: the server speaks Engine\.IO 3\./);
    for (const cause of ["affinity_holds", "connect_works", "websocket_works", "upgrade_works"]) assert.ok(fine.includes(cause), cause);
}));

test("one of version 2 without polling is said to be one, too", () => against(reference2({ transports: ["websocket"] }), async ({ url }) => {
    const { report, health, causes, fine } = await doctor(url);
    assert.equal(health, "impaired", report.verdict);
    assert.deepEqual(causes, ["revision_unsupported"]);
    assert.match(report.verdict, /^Works for old clients only: the server speaks Engine\.IO 3\./);
    for (const cause of ["connect_works", "websocket_works"]) assert.ok(fine.includes(cause), cause);
}));

test("of netty-socketio it says what is so, and calls it healthy", () => against(nettySocketIo(), async ({ url }) => {
    const { report, health, causes, fine } = await doctor(url);
    assert.equal(health, "healthy", JSON.stringify(report.findings, null, 1));
    // It forgets a poll that arrives while the upgrade begins, which is a matter of milliseconds.
    assert.deepEqual(causes.filter((cause) => cause !== "upgrade_late"), ["compressed", "payload_limited"]);
    assert.ok(fine.includes("upgrade_works") || causes.includes("upgrade_late"));
    for (const cause of ["connect_works", "old_clients_served", "polling_works", "reachable", "websocket_works"]) assert.ok(fine.includes(cause), cause);
}));

test("a quick look at a server that is silent says so", async () => {
    const silent = createServer((socket) => socket.on("error", () => {}).resume());
    await once(silent.listen(0, "127.0.0.1"), "listening");
    try {
        for (const scheme of ["http", "https"]) {
            const { report } = await doctor(`${scheme}://127.0.0.1:${silent.address().port}`, "--quick");
            // On a busy machine a quick look does not wait long enough to be sure.
            assert.ok(["broken", "unknown"].includes(report.health), report.verdict);
        }
    } finally {
        silent.close();
    }
});

test("watching tells what changes, and a signal ends it", async () => {
    const port = await freePort();
    let peer = await reference({}, port);
    const child = spawn(`${root}parley`, ["doctor", peer.url, "--quick", "--quiet", "--watch", "5"], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    // A look of a busy machine may end before it has seen all; then a later one says the rest.
    const until = async (...wanted) => {
        const missing = new Set(wanted);
        while (missing.size > 0) {
            const { value, done } = await lines.next();
            if (done) assert.fail(`ended before it said ${[...missing].join(" and ")}`);
            for (const one of missing) if (one.test(value)) missing.delete(one);
        }
    };
    try {
        await until(/healthy, as before/);
        await peer.stop();
        await until(/-> broken: /, /new: Nothing listens on 127\.0\.0\.1 port/);
        await until(/broken, as before/);
        peer = await reference({}, port);
        await until(/-> healthy: /, /gone: Nothing listens/);
        const exit = once(child, "exit");
        child.kill("SIGINT");
        assert.deepEqual(await exit, [130, null]);
    } finally {
        child.kill("SIGKILL");
        await peer.stop();
    }
});
