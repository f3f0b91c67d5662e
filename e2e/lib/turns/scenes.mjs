// The course of a recording: somebody talks to the server, and the evidence is collected. A server is { url, port }.
import { parley } from "../parley.mjs";
import { wayTo } from "../way.mjs";
import { Caller } from "./caller.mjs";
import { murmur, noise } from "./noises.mjs";
import { joined, milliseconds, paused, quietest, silence } from "./samples.mjs";
import { file, firstWordEnd, human, spoken } from "./speech.mjs";

/** Time after the microphone opens, and after which nothing more is expected, in ms. */
const LEAD = 400;
const QUIET = 2_500;
/** The longest wait for the first sound of an answer. */
const ANSWER = 9_000;

/** Silence after an answer, before the next question. */
const BETWEEN = 700;
/** Every piece of sound that the server sends has this name. */
const PIECE_MARK = '"audioOutput"';

const greeting = (text) => `You are Ada. Greet the user with: ${text}`;

/** Makes the speech of a recording before anybody talks: a microphone must not wait for a synthesiser. */
export function prepare({ asker, question, sound, speaker, text, word, repeat, parts = [], clip }) {
    if (asker && question) spoken(asker, question.text ?? question);
    if (sound?.word) soundOf(sound);
    for (const said of [text, word, repeat, ...parts]) if (speaker && said) spoken(speaker, said);
    if (asker && text) firstWordEnd(speaker, text);
    if (clip) human(clip);
}

async function conversation(url, options, act) {
    const caller = await Caller.open(url, options);
    try {
        const marks = await act(caller);
        return caller.evidence(marks);
    } finally {
        await caller.close();
    }
}

/** Says a question, and waits for the first sound of the answer that is heard. @returns {Promise<{question, heard: boolean}>} */
async function ask(caller, samples) {
    const question = caller.say(samples, caller.now + LEAD);
    const heard = await caller.until(() => caller.listener.plays.length > 0, milliseconds(samples) + LEAD + ANSWER);
    return { question, heard };
}

/** The end of what is being heard: all that has come is heard without a gap. */
const soundEnd = (listener) => listener.plays[0].from + listener.received;

function soundOf({ word, speaker, level, murmur: kind, voice, seed }) {
    return word ? spoken(speaker, word, level) : murmur(kind, { voice, level, seed });
}

export const backchannel = (server, { question, asker, after, sound }) => conversation(server.url, {}, async (caller) => {
    const { heard } = await ask(caller, spoken(asker, question.text));
    if (!heard) return { sound: { from: Infinity, to: Infinity } };
    const said = caller.say(soundOf(sound), caller.listener.plays[0].from + after);
    await caller.settled(QUIET, { since: said.to });
    return { sound: said };
});

export const yesOrNo = (server, { question, word, speaker, after }) => conversation(server.url, { prompt: greeting(question) }, async (caller) => {
    await caller.until(() => caller.listener.plays.length > 0, ANSWER);
    // The whole question has been received soon after its first sound; it comes faster than it is heard.
    await caller.after(700);
    if (caller.listener.plays.length === 0) return { sound: { from: Infinity, to: Infinity } };
    const said = caller.say(spoken(speaker, word), soundEnd(caller.listener) + after);
    await caller.settled(QUIET, { since: said.to });
    return { sound: said };
});

export const repeated = (server, { question, greeting: text, asker, speaker, repeat, after }) =>
    conversation(server.url, text ? { prompt: greeting(text) } : {}, async (caller) => {
        if (question) await ask(caller, spoken(asker, question));
        else await caller.until(() => caller.listener.plays.length > 0, ANSWER);
        const over = await caller.until(() => caller.listener.plays.length > 0 && !caller.listener.playing && caller.listener.answers.at(-1)?.over !== false, 15_000);
        if (!over) return { sound: { from: Infinity, to: Infinity } };
        const end = caller.listener.plays.at(-1).to;
        const said = caller.say(spoken(speaker, repeat), end + after);
        await caller.settled(QUIET, { since: said.to });
        return { sound: said };
    });

export const interruption = (server, { question, asker, speaker, text, after }) => conversation(server.url, {}, async (caller) => {
    const { heard } = await ask(caller, spoken(asker, question.text));
    if (!heard) return { sound: { from: Infinity, to: Infinity }, wordEnd: Infinity };
    const sound = caller.say(spoken(speaker, text), caller.listener.plays[0].from + after);
    await caller.settled(QUIET, { since: sound.to });
    return { sound, wordEnd: sound.from + firstWordEnd(speaker, text) };
});

export const noisy = (server, { place, kind, level, seed, question, asker }) => conversation(server.url, {}, async (caller) => {
    const samples = spoken(asker, question.text), made = noise(kind, { level, seed });
    let sound;
    if (place === "during") {
        const { heard } = await ask(caller, samples);
        sound = heard ? caller.say(made, caller.listener.plays[0].from + 1_500) : { from: Infinity, to: Infinity };
    } else {
        const asked = caller.say(samples, caller.now + LEAD);
        sound = caller.say(made, asked.to + (place === "before" ? 300 : 1_000));
    }
    if (sound.to < Infinity) await caller.after(Math.max(0, sound.to - caller.now));
    await caller.until(() => caller.listener.plays.length > 0, ANSWER);
    await caller.settled(QUIET, { since: Math.min(sound.to, caller.now) });
    return { sound };
});

const OWN_QUESTION = ["slt", "What can you do?"];

export const prepareEcho = () => spoken(...OWN_QUESTION);

export const echo = (server, { decibels, delay, length = 30_000 }) => conversation(server.url, { echo: { decibels, delay } }, async (caller) => {
    const begun = caller.now;
    await ask(caller, spoken(...OWN_QUESTION));
    await caller.after(Math.max(0, begun + length - caller.now));
});

function withPause({ parts, speaker, clip, at, pause }) {
    if (parts) return joined(spoken(speaker, parts[0]), silence(pause), spoken(speaker, parts[1]));
    const samples = human(clip);
    return paused(samples, quietest(samples, at - 50, at + 50), pause);
}

export const halves = (server, recording) => conversation(server.url, {}, async (caller) => {
    const question = caller.say(withPause(recording), caller.now + LEAD);
    await caller.after(question.to - caller.now);
    await caller.until(() => caller.listener.answers.some(({ at }) => at > question.to - 300), 4_000);
    await caller.settled(QUIET, { since: question.to });
    return { question };
});

export const sentence = (server, { clip, text, speaker }) => conversation(server.url, {}, async (caller) => {
    const { question } = await ask(caller, clip ? human(clip) : spoken(speaker, text));
    await caller.settled(700, { since: question.to });
    return { question };
});

/** The network fails at these shares of the question (0.4: in its middle), by default once; `answer` is when the answer is heard. */
export async function cut(server, { way, transport, length, text, parts, pause, speaker, at = [0.4] }) {
    const path = await wayTo(server.port);
    try {
        return await conversation(path.url, { transport }, async (caller) => {
            const samples = parts ? withPause({ parts, pause, speaker }) : spoken(speaker, text);
            const question = caller.say(samples, caller.now + LEAD);
            for (const share of at) {
                if (share === "answer") await caller.until(() => caller.listener.heard > 300, 16_000);
                else await caller.after(Math.max(0, question.from + share * milliseconds(samples) - caller.now));
                path[way]();
                await caller.after(length);
                path.mend();
                await caller.until(() => caller.connected, 16_000);
            }
            await caller.until(() => caller.listener.plays.length > 0, 16_000);
            await caller.settled(QUIET, { since: question.to });
            return { question };
        });
    } finally {
        await path.close();
    }
}

/** A long greeting, then questions whose answers are long or short, each when the answer before it has been heard. */
const WELCOME = "Welcome to the house by the sea. This is a long greeting, so that you can hear whether every word arrives. The kitchen is on your left, and the stairs are behind "
    + "the green door. Breakfast is ready from seven, and there is tea all day. If it rains, take an umbrella from the stand. The boat leaves at ten, and it comes back at four. The lights in the garden "
    + "go out by themselves.";
const MINUTE = [["What can you do?", "slt"], ["What is seven times eight?", "rms"], ["What is the weather in Paris?", "rms"], ["How many kilometers are five miles?", "rms"], ["What time is it in Tokyo?", "slt-high"],
    ["Who are you?", "slt-high"]];

export const prepareMinute = () => MINUTE.forEach(([text, speaker]) => spoken(speaker, text));

/** `length` is how long questions are asked, in ms; at least one is. */
export async function farAway(server, { transport, network, length = 60_000, welcome = WELCOME }) {
    const sent = [];
    let tail = "";
    const path = await wayTo(server.port, { network, fromServer: (bytes) => {
        // The word may be split between two chunks.
        const text = tail + bytes.toString("latin1");
        const pieces = text.split(PIECE_MARK).length - 1;
        tail = pieces > 0 && text.endsWith(PIECE_MARK) ? "" : text.slice(1 - PIECE_MARK.length);
        for (let i = 0; i < pieces; i++) sent.push(performance.now());
    } });
    try {
        return await conversation(path.url, { transport, prompt: greeting(welcome) }, async (caller) => {
            const begun = performance.now() - caller.now;
            await caller.until(() => caller.listener.plays.length > 0, ANSWER);
            await caller.settled(BETWEEN, { patience: 60_000 });
            const questions = [];
            do {
                const [text, speaker] = MINUTE[questions.length % MINUTE.length];
                const known = caller.listener.plays.length;
                questions.push(caller.say(spoken(speaker, text), caller.now + LEAD));
                const heard = await caller.until(() => caller.listener.plays.length > known, milliseconds(spoken(speaker, text)) + LEAD + ANSWER);
                if (!heard) break;
                await caller.settled(BETWEEN, { since: questions.at(-1).to, patience: 40_000 });
            } while (caller.now < length);
            return { questions, sent: sent.map((at) => at - begun) };
        });
    } finally {
        await path.close();
    }
}

/** Says clips with `parley talk`, and gives what was heard of each. */
export async function talk(server, pack) {
    const { code, out, err } = await parley(["talk", "--json", "--patience", "60", "--timeout", "120", "--url", server.url, ...pack.map(({ clip }) => file(clip))], { seconds: 150 });
    if (code !== 0) throw new Error(`talk ended with ${code}: ${err.trim().split("\n").at(-1)}`);
    return JSON.parse(out).turns.map(({ heard }, i) => ({ text: pack[i].text, heard }));
}
