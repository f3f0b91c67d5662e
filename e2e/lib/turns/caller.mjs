// Somebody at a page without the page: a microphone in real time, a listener, and the page's way to open a conversation and to come back to it.
import { io } from "socket.io-client";
import { fromPage } from "../../page/page.mjs";
import { Listener } from "./listener.mjs";
import { randomOf } from "./noises.mjs";
import { count, FRAME, gain, milliseconds, RATE, toPcm } from "./samples.mjs";

const { socketOptions } = await fromPage("net/options.js");
const { Comeback } = await fromPage("talk/comeback.js");
const { SpeechLine } = await fromPage("talk/speech-line.js");

const FRAME_MS = (FRAME * 1000) / RATE;
const TICK = 4;
/** A microphone is never quite silent: −80 dBFS. */
const FLOOR = gain(-80);

export class Caller {
    #socket;
    #listener;
    #comeback = new Comeback(null);
    #line;
    #settings;
    #echo;
    #random = randomOf(7);
    #started = performance.now();
    #sent = 0;
    #late = 0;
    #sources = [];
    #live = false;
    #timer;
    #ready;
    #waiting = new Set();

    /** `echo`: { decibels, delay } brings what is heard back to the microphone; `prompt` replaces the persona's. */
    static async open(url, { transport = "websocket", prompt, persona, echo } = {}) {
        const caller = new Caller();
        caller.#settings = { prompt, persona };
        caller.#echo = echo;
        caller.#listener = new Listener({ keepSound: echo !== undefined });
        caller.#socket = io(url, { ...socketOptions(`?transport=${transport}`), forceNew: true, autoConnect: true });
        caller.#line = caller.#speechLine();
        caller.#listener.suit(transport);
        await caller.#join();
        return caller;
    }

    #speechLine() {
        const socket = this.#socket;
        const connection = { emit: (name, pcm, ...more) => socket.connected && socket.emit(name, new Uint8Array(pcm), ...more), get engine() { return socket.io.engine; } };
        return new SpeechLine(connection, { onChange: () => {}, onLost: () => this.#listener.problems.push("speech is lost") }, { network: {} });
    }

    #join() {
        const socket = this.#socket;
        socket.onAny((name, value) => this.#receive(name, value));
        socket.on("connect", () => this.#open().catch((error) => this.#listener.problems.push(error.message)));
        socket.on("disconnect", () => {
            this.#live = false;
            this.#line.disconnected();
        });
        this.#timer = setInterval(() => this.#tick(), TICK);
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`no conversation within a minute: ${this.#listener.problems.join(" ")}`)), 60_000);
            this.#ready = () => {
                clearTimeout(timer);
                resolve();
            };
        });
    }

    async #open() {
        const { prompt, persona } = this.#settings;
        const answer = await this.#socket.timeout(30_000).emitWithAck("initializeConnection",
            { audioFormat: "binary", pausable: true, replay: true, ...(persona && { persona }), ...this.#comeback.ask() });
        if (answer?.success === false) throw new Error(answer.error);
        if (!this.#comeback.resumed) {
            this.#socket.emit("promptStart", {});
            if (prompt) this.#socket.emit("systemPrompt", prompt);
            else this.#socket.emit("systemPrompt");
        }
        this.#socket.emit("audioStart");
    }

    #receive(name, value) {
        this.#comeback.saw(name, value);
        this.#line.saw(name, value);
        if (name === "audioReady") this.#goLive();
        this.#listener.handle(name, value, this.now);
    }

    #goLive() {
        this.#line.opened();
        this.#live = true;
        this.#ready();
    }

    /** Milliseconds since the microphone began. */
    get now() {
        return performance.now() - this.#started;
    }

    /** Whether the server listens. */
    get connected() {
        return this.#live;
    }

    get listener() {
        return this.#listener;
    }

    /** Says it, now or at an instant that is yet to come. @returns {{from: number, to: number}} when its first and last samples are spoken */
    say(samples, at = this.now) {
        const start = Math.max(count(at), this.#sent * FRAME);
        this.#sources.push({ start, samples });
        const from = (start * 1000) / RATE;
        return { from, to: from + milliseconds(samples) };
    }

    /** Waits for a condition; false if it does not hold in time. */
    until(condition, patience = 20_000) {
        const end = this.now + patience;
        return new Promise((resolve) => this.#waiting.add({ holds: condition, end, resolve }));
    }

    after(ms) {
        return this.until(() => false, ms);
    }

    /** Waits until the assistant has no answer under way, and has been silent this long, and so has the speech that ends at an instant. */
    settled(quiet, { since = 0, patience = 25_000 } = {}) {
        const still = () => !this.#listener.answering && this.now - Math.max(this.#listener.touched, since) > quiet;
        return this.until(still, patience);
    }

    #tick() {
        const now = this.now;
        this.#listener.play(now);
        this.#late = Math.max(this.#late, now - (this.#sent + 1) * FRAME_MS);
        for (; (this.#sent + 1) * FRAME_MS <= now; this.#sent++) this.#send(toPcm(this.#frame()));
        for (const wait of this.#waiting) {
            const holds = wait.holds();
            if (!holds && now < wait.end) continue;
            this.#waiting.delete(wait);
            wait.resolve(holds);
        }
    }

    #frame() {
        const begin = this.#sent * FRAME;
        const frame = Float32Array.from({ length: FRAME }, () => FLOOR * (2 * this.#random() - 1));
        for (const { start, samples } of this.#sources) {
            for (let i = Math.max(0, start - begin); i < FRAME && begin + i - start < samples.length; i++) frame[i] += samples[begin + i - start];
        }
        this.#sources = this.#sources.filter(({ start, samples }) => start + samples.length > begin + FRAME);
        if (this.#echo) this.#addEcho(frame, begin);
        return frame;
    }

    #addEcho(frame, begin) {
        const { sound } = this.#listener;
        const late = count(this.#echo.delay), level = gain(this.#echo.decibels);
        for (let i = 0; i < FRAME; i++) frame[i] += level * (sound[begin + i - late] ?? 0);
    }

    #send(pcm) {
        this.#line.heard(pcm, 1, this.#live);
    }

    async close() {
        if (this.#live) {
            const closed = new Promise((resolve) => this.#socket.once("sessionClosed", resolve));
            this.#socket.emit("stopAudio");
            await Promise.race([closed, this.after(3_000)]);
        }
        clearInterval(this.#timer);
        this.#socket.disconnect();
    }

    /** The evidence of one call. `late` is the largest delay of a frame of the microphone, in ms; it is large on a busy machine. */
    evidence(marks = {}) {
        const { users, answers, replaced, plays, received, receivedAtCut, plannedAtCut, heard, pauses, firsts, problems, playing } = this.#listener;
        return { users: users.filter((user) => !user.replaced), answers, replaced, plays, received, receivedAtCut, plannedAtCut, heard, pauses, firsts, problems, playing, late: this.#late, ...marks };
    }
}
