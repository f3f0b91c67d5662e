// Many clients of both lines and every transport join and leave rooms at random while the server broadcasts numbers to them. Each client
// is told, with each answer, what had surely been sent before and what had surely begun, so that it knows what it must have and what it
// must not have. Exits 1 at the first client that lost, doubled or reordered a number, or got one of a room it had left.
//   node crowd.mjs URL CLIENTS CHANGES
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { io as io4 } from "socket.io-client";

const io2 = createRequire(import.meta.url)("socket.io-client-2");
const [url, clients, changes] = process.argv.slice(2).map((value, i) => (i === 0 ? value : Number(value)));
const ROOMS = 5;
const WAYS = [["websocket"], ["polling"], ["polling", "websocket"]];
const deadline = setTimeout(() => fail(new Error("took too long")), 110_000);
process.on("unhandledRejection", fail);

function fail(error) {
    console.error(error);
    process.exit(1);
}

class Member {
    constructor(index) {
        const io = index % 4 === 0 ? io2 : io4;
        this.socket = io(url + "/crowd", { transports: WAYS[index % 3], reconnection: false, forceNew: true });
        // Of each room: when the client was in it, and what it got.
        this.stays = Array.from({ length: ROOMS }, () => []);
        this.got = Array.from({ length: ROOMS }, () => []);
        this.inside = Array.from({ length: ROOMS }, () => null);
        this.socket.on("n", (room, n) => this.got[room].push(n));
        this.connected = new Promise((resolve) => this.socket.once("connect", resolve));
    }

    ask(...values) {
        return new Promise((resolve, reject) => {
            this.socket.once("disconnect", reject);
            this.socket.emit(...values, (answer) => {
                this.socket.off("disconnect", reject);
                resolve(answer);
            });
        });
    }

    async change(room) {
        if (this.inside[room] === null) {
            this.inside[room] = await this.ask("join", room);
        } else {
            await this.leave(room);
        }
    }

    async leave(room) {
        const out = await this.ask("leave", room);
        this.stays[room].push({ from: this.inside[room], to: out });
        this.inside[room] = null;
    }

    async wander() {
        for (let i = 0; i < changes; i++) await this.change(Math.floor(Math.random() * ROOMS));
        for (let room = 0; room < ROOMS; room++) if (this.inside[room] !== null) await this.leave(room);
        // Whatever was sent to it before has arrived once this is answered.
        await this.ask("settle");
        return this.check();
    }

    check() {
        let certain = 0;
        for (let room = 0; room < ROOMS; room++) {
            const got = this.got[room];
            for (let i = 1; i < got.length; i++) assert.ok(got[i - 1] < got[i], `room ${room}: ${got[i - 1]} before ${got[i]}`);
            const set = new Set(got);
            for (const { from, to } of this.stays[room]) {
                for (let n = from.begun + 1; n <= to.done; n++) {
                    if (n % ROOMS === room) {
                        assert.ok(set.has(n), `room ${room}: ${n} is missing, from ${JSON.stringify(from)} to ${JSON.stringify(to)}`);
                        certain++;
                    }
                }
            }
            for (const n of got) {
                const allowed = this.stays[room].some(({ from, to }) => n > from.done && n <= to.begun);
                assert.ok(allowed, `room ${room}: ${n} came while out of it`);
            }
        }
        return certain;
    }
}

const members = Array.from({ length: clients }, (_, i) => new Member(i));
await Promise.all(members.map((member) => member.connected));
const certain = await Promise.all(members.map((member) => member.wander()));
const sum = certain.reduce((a, b) => a + b, 0);
assert.ok(sum > clients, `only ${sum} numbers were certain to come`);
clearTimeout(deadline);
console.log(`${sum} numbers were certain to come and came`);
console.log("all held");
process.exit(0);
