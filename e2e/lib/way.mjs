// A way to a server that can be cut or stalled, and mended, and that can refuse WebSocket from then on, as another network may, or lead to another server.
import { connect, createServer } from "node:net";
import { once } from "node:events";

const REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/** @returns {Promise<{url: string, cut: () => void, stall: () => void, mend: (options?: {websocket?: boolean, port?: number}) => void, close: () => Promise<void>}>} */
export async function wayTo(first) {
    const open = new Set();
    let cut = false, stalled = false, websocket = true, port = first;
    const held = [];
    const forward = (client) => {
        const server = connect(port, "127.0.0.1");
        open.add(client).add(server);
        client.on("data", (data) => {
            if (!websocket && /^upgrade: websocket/im.test(data.toString("latin1"))) return client.end(REFUSAL);
            server.write(data);
        });
        server.on("data", (data) => client.write(data));
        for (const [one, other] of [[client, server], [server, client]]) {
            one.on("error", () => {});
            one.on("close", () => {
                open.delete(one);
                other.destroy();
            });
        }
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
