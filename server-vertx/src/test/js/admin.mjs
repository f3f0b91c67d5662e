// Does what the page of @socket.io/admin-ui does, with the published client, and checks what that page relies on; exits 1 at the first fault.
//   node admin.mjs URL rights|readonly|counts
import assert from "node:assert/strict";
import { io } from "socket.io-client";

const [url, mode] = process.argv.slice(2);
const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

function held(rule) {
    console.log(`held: ${rule}`);
}

/** As the page connects: it gives the credentials, or the session that it was given for them before. */
function look(auth) {
    return io(`${url}/admin`, { reconnection: false, forceNew: true, auth });
}

function visit(options = {}) {
    return io(url, { reconnection: false, forceNew: true, transports: ["websocket"], ...options });
}

function next(socket, event, fits = () => true) {
    return new Promise((resolve) => {
        const listener = (...values) => {
            if (fits(...values)) {
                socket.off(event, listener);
                resolve(values);
            }
        };
        socket.on(event, listener);
    });
}

for (const auth of [{}, { username: "admin", password: "wrong password" }, { username: "other", password: "open sesame" }, { sessionId: "made up" }]) {
    const stranger = look(auth);
    const [error] = await next(stranger, "connect_error");
    assert.equal(error.message, "invalid credentials");
    stranger.close();
}
held("strangers are told that their credentials are invalid");

const visitor = visit({ auth: { token: "a secret" }, extraHeaders: { cookie: "a=secret", authorization: "Bearer secret", "x-harmless": "yes" } });
await next(visitor, "connect");

const page = look({ username: "admin", password: "open sesame" });
const first = Promise.all([next(page, "session"), next(page, "config"), next(page, "server_stats")]);
const allSockets = next(page, "all_sockets");
const [[sessionId], [config], [stats]] = await first;
assert.match(sessionId, /^[A-Za-z0-9_-]{32}$/);
assert.deepEqual(stats.namespaces.find((each) => each.name === "/"), { name: "/", socketsCount: 1 });
assert.ok(!stats.namespaces.some((each) => each.name === "/admin"));
for (const count of ["pid", "uptime", "clientsCount", "pollingClientsCount"]) {
    assert.equal(typeof stats[count], "number", count);
}
assert.equal(typeof stats.serverId, "string");
assert.equal(typeof stats.hostname, "string");
held("the page is given a session, its features and the counts");

const again = look({ sessionId });
const [same] = await next(again, "session");
assert.equal(same, sessionId);
again.close();
held("the session opens the door again");

if (mode === "counts") {
    assert.ok(!config.supportedFeatures.includes("ALL_EVENTS"));
    page.on("all_sockets", () => fail(new Error("all sockets were shown")));
} else {
    const [sockets] = await allSockets;
    const shown = sockets.find((each) => each.id === visitor.id);
    assert.equal(shown.nsp, "/");
    assert.equal(shown.transport, "websocket");
    assert.deepEqual(shown.rooms, [visitor.id]);
    assert.equal(shown.handshake.headers["x-harmless"], "yes");
    assert.ok(typeof shown.clientId === "string" && typeof shown.handshake.issued === "number" && shown.handshake.secure === false);
    assert.ok(!JSON.stringify(shown).includes("secret"), "secrets are shown");
    assert.ok(!sockets.some((each) => each.nsp === "/admin"));
    held("every socket is shown, without its secrets");

    const arrival = next(page, "socket_connected");
    // Listened to from the beginning: both may come in one go.
    const upgrade = next(page, "socket_updated", (each) => each.transport === "websocket");
    const other = visit({ transports: ["polling", "websocket"] });
    await next(other, "connect");
    const [newcomer, at] = await arrival;
    assert.equal(newcomer.id, other.id);
    assert.ok(!Number.isNaN(Date.parse(at)));
    const [update] = await upgrade;
    assert.deepEqual(update, { id: other.id, nsp: "/", transport: "websocket" });
    held("newcomers and upgrades are told");

    const departure = next(page, "socket_disconnected");
    const otherId = other.id;
    other.close();
    const [nsp, id, reason] = await departure;
    assert.deepEqual([nsp, id], ["/", otherId]);
    assert.equal(typeof reason, "string");
    held("departures are told");
}

if (mode === "readonly") {
    assert.ok(!config.supportedFeatures.includes("DISCONNECT"));
    page.emit("_disconnect", "/", true, visitor.id);
    page.emit("emit", "/", undefined, "from-admin", 1);
    visitor.on("from-admin", () => fail(new Error("a page that may look only has sent an event")));
    visitor.emit("echo", "still here");
    await next(visitor, "echo");
    held("a page that may look only does nothing");
} else {
    for (const feature of ["EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT", "AGGREGATED_EVENTS"]) {
        assert.ok(config.supportedFeatures.includes(feature), feature);
    }
    if (mode === "rights") {
        const joined = next(page, "room_joined");
        page.emit("join", "/", "a room", visitor.id);
        assert.deepEqual((await joined).slice(0, 3), ["/", "a room", visitor.id]);
        const told = next(visitor, "from-admin");
        page.emit("emit", "/", "a room", "from-admin", "hello", 7);
        assert.deepEqual(await told, ["hello", 7]);
        const left = next(page, "room_left");
        page.emit("leave", "/", "a room", visitor.id);
        assert.deepEqual((await left).slice(0, 3), ["/", "a room", visitor.id]);
    }
    const gone = next(visitor, "disconnect");
    const summed = next(page, "server_stats", (each) => each.aggregatedEvents.some((event) => event.type === "packetsIn"));
    page.emit("_disconnect", "/no-such", true, visitor.id);
    page.emit("_disconnect", "/", false, visitor.id);
    assert.equal((await gone)[0], "io server disconnect");
    held("it joins, leaves, emits and disconnects");
    const [later] = await summed;
    assert.ok(later.aggregatedEvents.every((event) => typeof event.timestamp === "number" && event.count > 0));
    held("what happened is told in sums");
}

clearTimeout(deadline);
page.close();
visitor.close();
console.log("all held");
