// A way to a server that can be cut and mended, and that can refuse WebSocket from then on, as another network may, or lead to another server.
import { connect, createServer } from "node:net";
import { once } from "node:events";

const REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/** @returns {Promise<{url: string, cut: () => void, mend: (options?: {websocket?: boolean, port?: number}) => void, close: () => Promise<void>}>} */
export async function wayTo(first) {
    const open = new Set();
    let cut = false, websocket = true, port = first;
    const listener = createServer((client) => {
        if (cut) return client.destroy();
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
    }).listen(0, "127.0.0.1");
    await once(listener, "listening");
    return {
        url: `http://127.0.0.1:${listener.address().port}`,
        cut() {
            cut = true;
            for (const socket of open) socket.destroy();
        },
        mend(options = {}) {
            cut = false;
            websocket = options.websocket ?? true;
            port = options.port ?? port;
        },
        async close() {
            this.cut();
            listener.close();
            await once(listener, "close");
        },
    };
}
