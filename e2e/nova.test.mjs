// The published JavaScript client against the built server, and behind that the AWS SDK and the local stand-in for Nova Sonic: the sequence of
// each known front end, a conversation across renewals, and a service that fails.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { settled } from "./lib/parley.mjs";
import { startNova, startStandIn } from "./lib/nova.mjs";

const patience = 120;

/** A browser with a log of what it received. */
async function browser(server, options = {}) {
    const socket = io(server.url, { reconnection: false, forceNew: true, timeout: patience * 1_000, ...options });
    const log = [];
    let look = () => {};
    socket.onAny((name, payload) => {
        log.push([name, payload]);
        look();
    });
    socket.on("disconnect", (reason) => log.push(["disconnect", reason]));
    const next = (what, fits) => new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${what} within ${patience} s; got ${log.map(([name, payload]) => (name === "error" ? `error: ${payload.message}` : name)).join(", ")}`)), patience * 1000);
        look = () => {
            const found = log.find(([name, payload]) => fits(name, payload));
            if (!found) return;
            clearTimeout(timer);
            resolve(found[1]);
        };
        look();
    });
    const event = (name) => next(name, (one) => one === name);
    const texts = (role, stage) => {
        const blocks = new Map();
        const said = [];
        for (const [name, payload] of log) {
            if (name === "contentStart" && payload.type === "TEXT") blocks.set(payload.contentId, JSON.parse(payload.additionalModelFields ?? "{}").generationStage);
            if (name === "textOutput" && payload.role === role && (!stage || blocks.get(payload.contentId) === stage)) said.push(payload.content);
        }
        return said;
    };
    await new Promise((resolve, reject) => socket.on("connect", resolve).on("connect_error", reject));
    return { socket, log, next, event, texts };
}

/** 32 ms of a tone, or of silence, as base64. */
function piece(hertz, from) {
    const pcm = Buffer.alloc(1024);
    for (let i = 0; hertz && i < 512; i++) pcm.writeInt16LE(Math.round(6000 * Math.sin(((from + i) * 2 * Math.PI * hertz) / 16000)), 2 * i);
    return pcm.toString("base64");
}

/** An open microphone: silence, but for what is said with `say(hertz, ms)`. */
function microphone(socket) {
    let hertz = 0, left = 0, sent = 0, due = Date.now();
    const timer = setInterval(() => {
        for (; due <= Date.now(); due += 32) {
            socket.emit("audioInput", piece(left > 0 ? hertz : 0, sent));
            sent += 512;
            left -= 32;
        }
    }, 16);
    return { say: (tone, ms) => ((hertz = tone), (left = ms)), close: () => clearInterval(timer) };
}

const heard = (hertz) => `I hear ${hertz} hertz.`;
const saysSo = (hertz) => (name, payload) => name === "textOutput" && payload.role === "ASSISTANT" && payload.content.includes(heard(hertz));

const variants = {
    A: async ({ socket }) => {
        socket.emit("promptStart");
        socket.emit("systemPrompt", "You are Ada.");
        socket.emit("audioStart");
    },
    B: async ({ socket }) => {
        assert.deepEqual(await socket.timeout(patience * 1_000).emitWithAck("initializeConnection"), { success: true });
        socket.emit("promptStart");
        socket.emit("systemPrompt", "You are Ada.");
        socket.emit("audioStart");
    },
    C: async ({ socket }) => {
        const config = { region: "us-east-1", inferenceConfig: { maxTokens: 512, topP: 0.8, temperature: 0.5 }, turnDetectionConfig: { endpointingSensitivity: "HIGH" }, enabledTools: [] };
        assert.deepEqual(await socket.timeout(patience * 1_000).emitWithAck("initializeConnection", config), { success: true });
        socket.emit("promptStart", { voiceId: "matthew", outputSampleRate: 24000 });
        socket.emit("systemPrompt", { content: "You are Ada.", voiceId: "matthew" });
        socket.emit("audioStart");
    },
};

let standIn, server;
before(async () => {
    // Streams are renewed as if they lived sixteen seconds, but nobody cuts off what a busy machine does late.
    standIn = await startStandIn();
    server = await startNova(standIn, "--nova-stream-life", "16s");
});
after(async () => {
    await server?.stop();
    await standIn?.stop();
});

test("health says which model answers and why", async () => {
    const health = await (await fetch(`${server.url}/health`)).json();
    assert.equal(health.model, "nova-sonic");
    assert.equal(health.modelBecause, "amazon.nova-2-sonic-v1:0 in us-east-1");
});

for (const [name, begin] of Object.entries(variants)) {
    test(`the sequence of front end ${name} gets the answers of the contract`, async () => {
        const one = await browser(server), before = standIn.streams();
        await begin(one);
        const mic = microphone(one.socket);
        await one.event("audioReady");
        // Speech before the first stream is kept for ten seconds only, and a busy machine may take longer to open one.
        assert.ok(await settled(async () => standIn.streams() > before, Boolean), "a stream is opened");
        mic.say(440, 800);
        await one.next("answer", saysSo(440));
        await one.event("audioOutput");
        await one.event("usageEvent");
        assert.deepEqual(one.texts("USER"), [heard(440)]);
        const names = one.log.map(([event]) => event);
        assert.ok(names.indexOf("completionStart") < names.indexOf("textOutput"));
        assert.ok(one.log.find(([event]) => event === "usageEvent")[1].usageEvent.totalTokens > 0, "wrapped, as the samples do");
        assert.equal(Buffer.from(one.log.find(([event]) => event === "audioOutput")[1].content, "base64").length % 2, 0);
        mic.close();
        one.socket.emit("stopAudio");
        await one.event("sessionClosed");
        assert.ok(!names.includes("error"), JSON.stringify(one.log.find(([event]) => event === "error")));
        one.socket.disconnect();
    });
}

test("the assistant speaks first when a text is sent before any sound", async () => {
    const one = await browser(server);
    await variants.B(one);
    one.socket.emit("textInput", { content: "hi" });
    await one.next("greeting", (name, payload) => name === "textOutput" && payload.role === "ASSISTANT" && payload.content === "You said: hi");
    one.socket.disconnect();
});

test("across renewals every sentence is answered exactly once, and the browser notices nothing", async () => {
    const before = standIn.streams();
    const one = await browser(server);
    await variants.B(one);
    const mic = microphone(one.socket);
    const tones = [];
    // 25 minutes of the service's eight-minute streams, at thirty times their pace.
    for (let hertz = 300; hertz < 300 + 16 * 50; hertz += 50) {
        tones.push(hertz);
        mic.say(hertz, 500);
        await one.next(`answer to ${hertz}`, saysSo(hertz));
        // A user who listens to the end, and thinks for a while, interrupts nothing.
        await one.next(`end of the answer to ${hertz}`, () => one.texts("ASSISTANT", "FINAL").length === tones.length);
        await new Promise((resolve) => setTimeout(resolve, 300 + (hertz % 700)));
    }
    mic.close();
    assert.deepEqual(one.texts("USER"), tones.map(heard));
    for (const stage of ["SPECULATIVE", "FINAL"]) assert.deepEqual(one.texts("ASSISTANT", stage), tones.map((hertz) => `You said: ${heard(hertz)}`));
    const names = new Set(one.log.map(([event]) => event));
    for (const unwanted of ["streamComplete", "disconnect", "sessionClosed", "error", "bargeIn"]) assert.ok(!names.has(unwanted), unwanted);
    const streams = standIn.streams() - before;
    assert.ok(streams > 2, `${streams} streams are no conversation across renewals`);
    one.socket.disconnect();
});

test("a service that refuses is told to the browser in a sentence", async () => {
    const failing = await startStandIn("--fault", "http-403");
    const other = await startNova(failing);
    try {
        const one = await browser(other);
        await variants.B(one);
        const error = await one.event("error");
        assert.match(error.message, /may not use the speech model/);
        await one.event("sessionClosed");
        one.socket.disconnect();
        const conversations = async () => (await (await fetch(`${other.url}/health/ready`)).json()).activeSessions;
        assert.equal(await settled(conversations, (open) => open === 0), 0);
    } finally {
        await other.stop();
        await failing.stop();
    }
});
