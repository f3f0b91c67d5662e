// A way to a server that can be cut or stalled, and mended, and that can refuse WebSocket from then on, as another network may, or lead to another server.
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { delays } from "./network.mjs";

const REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/** A direction reads no further while this much waits for its time. */
const MOST_HELD = 1 << 22;

/**
 * `network` delays both directions, see {@link delays}; without it bytes are forwarded at once. `fromServer(bytes)` is told of what the server sends, when it comes.
 *
 * @returns {Promise<{url: string, cut: () => void, stall: () => void, mend: (options?: {websocket?: boolean, port?: number}) => void, close: () => Promise<void>}>}
 */
export async function wayTo(first, { network, fromServer = () => {} } = {}) {
    const open = new Set();
    const begun = performance.now();
    let cut = false, stalled = false, websocket = true, port = first;
    const held = [];
    const forward = (client) => {
        const server = connect(port, "127.0.0.1");
        open.add(client).add(server);
        const up = pipe(client, server), down = pipe(server, client);
        client.on("data", (data) => {
            if (!websocket && /^upgrade: websocket/im.test(data.toString("latin1"))) return client.end(REFUSAL);
            up.send(data);
        });
        server.on("data", (data) => {
            fromServer(data);
            down.send(data);
        });
        for (const [one, { end }] of [[client, up], [server, down]]) {
            one.setNoDelay(true);
            one.on("error", () => {});
            one.on("close", () => {
                open.delete(one);
                end();
            });
        }
    };
    /** Forwards one direction's bytes, and then its end, in order. */
    const pipe = (from, to) => {
        if (!network) return { send: (data) => to.write(data), end: () => to.destroy() };
        const due = delays(network), queue = [];
        let waiting = 0;
        const later = (forward, size) => {
            const now = performance.now() - begun;
            queue.push(forward);
            waiting += size;
            if (waiting > MOST_HELD) from.pause();
            setTimeout(() => {
                queue.shift()();
                waiting -= size;
                if (waiting <= MOST_HELD && !stalled) from.resume();
            }, due(now) - now);
        };
        return { send: (data) => later(() => to.write(data), data.length), end: () => later(() => to.destroy(), 0) };
    };
    const listener = createServer((client) => {
        if (cut) return client.destroy();
        if (stalled) held.push(client.on("error", () => {}));
        else forward(client);
    }).listen(0, "127.0.0.1");
    await once(listener, "listening");
    return {
        url: `http://127.0.0.1:${listener.address().port}`,
        cut() {
            cut = true;
            for (const socket of [...open, ...held.splice(0)]) socket.destroy();
        },
        /** Nothing is forwarded any more, and nobody is told. */
        stall() {
            stalled = true;
            for (const socket of open) socket.pause();
        },
        mend(options = {}) {
            cut = stalled = false;
            websocket = options.websocket ?? true;
            port = options.port ?? port;
            for (const socket of open) socket.resume();
            for (const client of held.splice(0)) forward(client);
        },
        async close() {
            this.cut();
            listener.close();
            await once(listener, "close");
        },
    };
}
