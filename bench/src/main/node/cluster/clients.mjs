// Clients of the cluster's rig: they send numbered events and write down what they receive.
//   node clients.mjs URL FIRST COUNT ALL TRANSPORT MESSAGES PER-SECOND
// Input: "start", "stop". Output, one line each, times in milliseconds:
//   READY, DONE            all are connected; all is sent, and of each event it is known whether it was acknowledged
//   C client recovered time, D client time reason, X client reason    connected, disconnected, refused
//   A client n, E client n     an event was acknowledged, or was not
//   R client channel node n    a message of a server was received
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const WINDOW = 4;
const ACK_TIMEOUT = 30_000;
const UPGRADE_TIME = 20_000;
const [url, transport] = [process.argv[2], process.argv[6]];
const [first, count, all, messages, perSecond] = [3, 4, 5, 7, 8].map((index) => Number(process.argv[index]));

let lines = [];
const say = (line) => {
    if (lines.push(line) === 1) setTimeout(flush, 20);
};
const flush = () => {
    process.stdout.write(lines.join("\n") + "\n");
    lines = [];
};

class Client {
    sent = 0;
    pending = 0;

    constructor(number) {
        this.number = number;
        const mode = transport === "mixed" ? ["polling", "upgrade"][number % 2] : transport;
        this.upgrades = mode === "upgrade";
        this.socket = io(url, {
            forceNew: true,
            transports: { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] }[mode],
            query: { client: number },
            auth: { client: String(number), room: String(number % (all / 4)), peer: String((number + 67) % all) },
        });
        this.socket.on("connect", () => {
            this.since = Date.now();
            say(`C ${number} ${this.socket.recovered ? 1 : 0} ${this.since}`);
        });
        this.socket.on("disconnect", (reason) => say(`D ${number} ${Date.now()} ${reason}`));
        this.socket.on("connect_error", (error) => say(`X ${number} ${error.message}`));
        this.socket.on("down", (channel, node, n) => say(`R ${number} ${channel} ${node} ${n}`));
        this.socket.on("question", (n, reply) => reply(number));
    }

    /** An upgrade that fails is not tried again: the client stays on polling. */
    get ready() {
        return this.socket.connected &&
            (!this.upgrades || this.socket.io.engine.transport.name === "websocket" || Date.now() - this.since > UPGRADE_TIME);
    }

    get finished() {
        return stopped || (messages > 0 && this.sent === messages);
    }

    /** While disconnected, the client's library keeps events and sends them later. */
    send() {
        const n = ++this.sent;
        this.pending++;
        this.socket.timeout(ACK_TIMEOUT).emit("up", n, (error, acknowledged) => {
            this.pending--;
            say(`${error || acknowledged !== n ? "E" : "A"} ${this.number} ${n}`);
            if (perSecond === 0) this.fill();
            settle();
        });
    }

    fill() {
        while (this.pending < WINDOW && !this.finished) this.send();
    }

    start() {
        if (perSecond === 0) return this.fill();
        const timer = setInterval(() => (this.finished ? clearInterval(timer) : this.send()), 1_000 / perSecond);
    }
}

let stopped = false, done = false;
const clients = [];
const settle = () => {
    if (!done && clients.every((client) => client.finished && client.pending === 0)) {
        done = true;
        say("DONE");
    }
};

// A few at a time, as clients come.
for (let i = 0; i < count; i++) {
    clients.push(new Client(first + i));
    if (i % 10 === 9) await new Promise((next) => setTimeout(next, 50));
}
const waiting = setInterval(() => {
    if (!clients.every((client) => client.ready)) return;
    clearInterval(waiting);
    say("READY");
}, 50);

for await (const line of createInterface({ input: process.stdin })) {
    if (line === "start") {
        // Spread over a second, so that they do not send at once.
        clients.forEach((client, index) => setTimeout(() => client.start(), (index * 1_000) / count));
    }
    if (line === "stop") {
        stopped = true;
        settle();
    }
}
process.exit();
