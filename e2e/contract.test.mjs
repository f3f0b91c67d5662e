// The published JavaScript client against the built server and the embedded model: wrong input in every order, and the session lives on.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { startServer } from "./lib/parley.mjs";

let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

/** A client with a log of all it received, and `next(event, test)` to wait for one. */
async function client(options = {}, url = server.url) {
    const socket = io(url, { reconnection: false, forceNew: true, timeout: 120_000, ...options });
    const log = [], waiting = [];
    socket.onAny((name, payload) => {
        log.push([name, payload]);
        for (const wait of [...waiting]) wait();
    });
    const next = (name, fits = () => true, seconds = 120) => new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${name} within ${seconds} s; got ${log.map(([n]) => n).join(" ")}`)), seconds * 1000);
        const look = () => {
            const at = log.findIndex(([n, payload]) => n === name && fits(payload));
            if (at < 0) return;
            clearTimeout(timer);
            waiting.splice(waiting.indexOf(look), 1);
            resolve(log.splice(at, 1)[0][1]);
        };
        waiting.push(look);
        look();
    });
    await new Promise((resolve, reject) => socket.on("connect", resolve).on("connect_error", reject));
    return { socket, log, next };
}

/** Starts a conversation as the page does and shows that it answers. */
async function answers({ socket, next }, text = "What can you do?") {
    assert.equal((await socket.timeout(120_000).emitWithAck("initializeConnection")).success, true);
    socket.emit("promptStart");
    socket.emit("systemPrompt", "You are Ada.");
    socket.emit("audioStart");
    await next("audioReady");
    socket.emit("textInput", { content: text });
    const said = await next("textOutput", (payload) => payload.role === "ASSISTANT");
    assert.ok(said.content.length > 0);
    const audio = await next("audioOutput");
    assert.ok(Buffer.from(audio.content, "base64").length > 0);
    return said.content;
}

for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
    test(`a conversation over ${transports.join(" then ")}`, async () => {
        const one = await client({ transports });
        await answers(one);
        one.socket.disconnect();
    });
}

// The wrong message, and the expected answer; sessionClosed counts as "closed".
const wrong = {
    "audio before audioStart": [(socket) => socket.emit("audioInput", Buffer.alloc(1024).toString("base64")), /no conversation yet; send promptStart, systemPrompt and audioStart/],
    "base64 that is not": [(socket) => socket.emit("audioInput", "this is !!! not base64"), /base64/],
    "an object where a string belongs": [(socket) => socket.emit("audioInput", { sound: true }), /audioInput/],
    "a text without content": [(socket) => socket.emit("textInput", {}), /textInput/],
    "stop before any start": [(socket) => socket.emit("stopAudio"), /closed/],
    "an unknown voice": [(socket) => socket.emit("voiceConfig", { voiceId: "caruso" }), /no such voice; the voices are /],
};

for (const [name, [act, says]] of Object.entries(wrong)) {
    test(`${name}: a clear answer, and the server lives on`, async () => {
        const one = await client({ transports: ["websocket"] });
        act(one.socket);
        const { message } = name === "stop before any start" ? await one.next("sessionClosed").then(() => ({ message: "closed" })) : await one.next("error");
        assert.match(message, says);
        await answers(one);
        one.socket.disconnect();
    });
}

for (const [transport, code] of [["websocket", 1009], ["polling", 413]]) {
    test(`10 MB of audio in one event over ${transport}: ${code}, and the server lives on`, async () => {
        const one = await client({ transports: [transport] });
        const ended = new Promise((resolve) => one.socket.on("disconnect", (reason, details) => resolve(details)));
        one.socket.emit("audioInput", Buffer.alloc(10_000_000).toString("base64"));
        const { context } = await ended;
        assert.equal(context.code ?? context.status, code);
        const other = await client();
        await answers(other);
        other.socket.disconnect();
    });
}

test("10 MB of audio in one event, where that much is allowed: a sentence, and the conversation lives on", async () => {
    const generous = await startServer({ args: ["--max-http-buffer-size", "20MB"] });
    try {
        const one = await client({ transports: ["websocket"] }, generous.url);
        one.socket.emit("promptStart");
        one.socket.emit("audioInput", Buffer.alloc(10_000_000).toString("base64"));
        assert.match((await one.next("error")).message, /audioInput.*(large|long|bytes|most)/i);
        await answers(one);
        one.socket.disconnect();
    } finally {
        await generous.stop();
    }
});

test("two people at once each get their own conversation", async () => {
    const [a, b] = await Promise.all([client(), client()]);
    await Promise.all([answers(a), answers(b)]);
    a.socket.emit("textInput", { content: "Remember that my car is blue." });
    b.socket.emit("textInput", { content: "Remember that my cat is black." });
    await a.next("toolResult");
    await b.next("toolResult");
    a.socket.emit("textInput", { content: "What did I ask you to remember?" });
    b.socket.emit("textInput", { content: "What did I ask you to remember?" });
    const own = (word) => (payload) => payload.role === "ASSISTANT" && payload.content.includes(word);
    await a.next("textOutput", own("car"));
    await b.next("textOutput", own("cat"));
    assert.ok(!a.log.some(([, p]) => JSON.stringify(p ?? "").includes("cat is black")));
    assert.ok(!b.log.some(([, p]) => JSON.stringify(p ?? "").includes("car is blue")));
    a.socket.disconnect();
    b.socket.disconnect();
});

test("a timer speaks up by itself", async () => {
    const one = await client();
    await answers(one);
    one.socket.emit("textInput", { content: "Set a timer for three seconds." });
    await one.next("toolResult");
    await one.next("textOutput", (p) => p.role === "ASSISTANT" && /time.*up|timer|done/i.test(p.content));
    const said = await one.next("textOutput", (p) => p.role === "ASSISTANT" && /up|done|over|finished|ended/i.test(p.content));
    assert.ok(said.content);
    one.socket.disconnect();
});
