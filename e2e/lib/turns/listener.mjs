// A listener at the page: the page's own player, gate and transcript, with a clock of its own.
import { fromPage } from "../../page/page.mjs";
import { RATE } from "./samples.mjs";

const { Playout } = await fromPage("audio/playout.js");
const { Resampler } = await fromPage("audio/resampler.js");
const { decodeAudio } = await fromPage("audio/pcm.js");
const { ReplyGate } = await fromPage("talk/reply-gate.js");
const Transcript = await fromPage("talk/transcript.js");

const SPEAKER = 24_000;
const BLOCK = SPEAKER / 200;
const BLOCK_MS = 5;

/**
 * Takes the server's events with {@link handle}, and plays up to an instant with {@link play}; instants in ms since the microphone began.
 * Knows `answerPaused`, `answerResumed` and `turnSuperseded`, whether or not the server sends them.
 */
export class Listener {
    #playout = new Playout(SPEAKER);
    #gate = new ReplyGate();
    #block = new Float32Array(BLOCK);
    #blocks = 0;
    #now = 0;
    #cut;
    #toMicrophone = new Resampler(SPEAKER, RATE);
    #keepSound;
    #pieces = 0;
    #opening = 0;

    transcript = Transcript.EMPTY;
    /** Texts of the user: { id, at, text, replaced }. */
    users = [];
    /** Answers that are void, by their text. */
    replaced = [];
    /**
     * Stretches of sound: { from, to, cut, piece }; `cut` is "paused" or "dropped" where the sound was stopped, `piece` counts the pieces of sound that
     * came before its first one. `to` is undefined while it goes on.
     */
    plays = [];
    /** Sound in ms: received, and heard. */
    received = 0;
    heard = 0;
    /** The sound that had been received, and the text that was planned, when an answer was stopped for the first time. */
    receivedAtCut;
    plannedAtCut;
    /** When the first sound of each answer came, and when anything happened last. */
    firsts = [];
    touched = 0;
    /** Pauses of answers: { from, to }; `to` is undefined until the answer goes on or is dropped. */
    pauses = [];
    problems = [];
    /** The sound that was heard so far, at the microphone's rate, if it is kept: an echo comes from it. */
    sound = [];

    constructor({ keepSound = false } = {}) {
        this.#keepSound = keepSound;
        this.#playout.limits(60, 300);
    }

    suit(transport) {
        this.#playout.limits(...(transport === "polling" ? [150, 600] : [60, 300]));
    }

    get playing() {
        return this.#playout.playing || this.#playout.bufferedMs > 0;
    }

    /** Whether an answer is paused, and nothing has been decided since. */
    get paused() {
        return this.pauses.length > 0 && this.pauses.at(-1).to === undefined;
    }

    /** Whether an answer is heard, or has begun and is neither over nor paused: while a tool runs. */
    get answering() {
        return this.playing || (this.answers.at(-1)?.over === false && !this.paused);
    }

    /** The assistant's turns: { at, final, planned, interrupted, over, tools }. */
    get answers() {
        return this.transcript.turns.filter(({ role }) => role === "assistant").map((turn) => ({
            at: turn.at,
            final: turn.finals.map(({ text }) => text).join(" "),
            planned: turn.blocks.map(({ text }) => text).join(" "),
            interrupted: turn.interrupted,
            over: turn.closed,
            tools: turn.tools.map(({ name }) => name),
        }));
    }

    handle(name, value, now) {
        this.#now = now;
        this.#handlers[name]?.(value ?? {});
    }

    #handlers = {
        contentStart: (block) => {
            this.#gate.opened(block.contentId);
            if (block.type === "TEXT") this.transcript = Transcript.opened(this.transcript, block);
        },
        textOutput: (text) => {
            if (Transcript.isInterruptionMark(text.content)) return this.#dropped();
            this.touched = this.#now;
            this.transcript = Transcript.said(this.transcript, text, this.#now);
            if (text.role === "USER") this.#userSaid(text);
        },
        audioOutput: ({ contentId, content }) => {
            const piece = this.#pieces++;
            if (!this.#gate.admits(contentId)) return;
            const samples = decodeAudio(content);
            if (this.firsts.length < this.answers.length) this.firsts.push(this.#now);
            this.received += (samples.length * 1000) / SPEAKER;
            this.touched = this.#now;
            if (!this.playing) this.#opening = piece;
            this.#playout.push(samples);
        },
        contentEnd: (block) => {
            if (block.stopReason === "INTERRUPTED") return this.#dropped();
            if (block.type === "AUDIO") this.#playout.end();
            if (block.stopReason === "END_TURN") this.transcript = Transcript.turnEnded(this.transcript, block.contentId);
        },
        toolUse: (use) => {
            this.touched = this.#now;
            this.transcript = Transcript.usedTool(this.transcript, use, this.#now);
        },
        bargeIn: () => this.#dropped(),
        streamInterrupted: () => this.#dropped(),
        answerPaused: () => {
            this.touched = this.#now;
            this.pauses.push({ from: this.#now });
            this.#stop("paused");
        },
        answerResumed: () => {
            this.touched = this.#now;
            this.#decided();
        },
        turnSuperseded: () => this.#replace(),
        questionLost: () => this.problems.push("Your last words were lost."),
        error: ({ message }) => this.problems.push(message),
    };

    #userSaid({ contentId, content }) {
        const known = this.users.find(({ id }) => id === contentId);
        if (known) known.text += content;
        else this.users.push({ id: contentId, at: this.#now, text: content, replaced: false });
    }

    #dropped() {
        const sounding = this.playing || this.paused;
        this.touched = this.#now;
        this.#gate.interrupted();
        this.#decided();
        this.#stop("dropped");
        this.transcript = Transcript.interrupted(this.transcript, sounding);
    }

    #decided() {
        if (this.paused) this.pauses.at(-1).to = this.#now;
    }

    #stop(reason) {
        this.receivedAtCut ??= this.received;
        this.plannedAtCut ??= this.answers.at(-1)?.planned;
        if (this.#playout.playing) this.#cut = reason;
        this.#playout.flush();
    }

    /** The last turn of the user and its answer are void; one that joins it with what was said since follows. */
    #replace() {
        this.touched = this.#now;
        this.#decided();
        this.#stop("dropped");
        const { turns } = this.transcript;
        const at = turns.findLastIndex(({ role }) => role === "user");
        if (at < 0) return;
        this.replaced.push(...this.answers.slice(turns.slice(0, at).filter(({ role }) => role === "assistant").length));
        this.transcript = { ...this.transcript, turns: turns.slice(0, at) };
        const user = this.users.findLast(({ replaced }) => !replaced);
        if (user) user.replaced = true;
    }

    /** Plays until an instant. */
    play(now) {
        for (; (this.#blocks + 1) * BLOCK_MS <= now; this.#blocks++) {
            this.#playout.pull(this.#block);
            this.#note(this.#blocks * BLOCK_MS, this.#playout.playing);
            if (this.#keepSound) for (const sample of this.#toMicrophone.process(this.#block)) this.sound.push(sample);
        }
    }

    #note(at, playing) {
        const last = this.plays.at(-1);
        const going = last && last.to === undefined;
        if (playing) {
            this.heard += BLOCK_MS;
            if (!going) this.plays.push({ from: at, to: undefined, cut: undefined, piece: this.#opening });
        } else if (going) {
            Object.assign(last, { to: at, cut: this.#cut });
            this.touched = at;
        }
        if (!playing) this.#cut = undefined;
    }
}
