// Row 11: conversations with the stand-in for Nova Sonic, whose streams are renewed, fail or stall while somebody talks. Questions are tones, of which
// the stand-in says how high each was: so a question that is lost, or answered twice, or half, cannot be taken for another.
import { startNova, startStandIn } from "../nova.mjs";
import { Caller } from "./caller.mjs";
import { FRAME, milliseconds, RATE } from "./samples.mjs";

const TONE_MS = 800;
/** The longest wait for a whole answer: a stall is noticed after eight seconds. */
const ANSWER = 25_000;
/** Length of an answer, six words of half a second, and how much the sound of all answers may differ from it: a word for each. */
const ANSWER_MS = 3_000, WORD_MS = 500;
const PER_KIND = 4;

/**
 * In each stream the first turn is undisturbed, and what `fault` says happens in the second: so every question from the second on meets it. `life` is that
 * of a stream.
 */
const KINDS = [
    { kind: "renewal", life: "12s", questions: 11 },
    { kind: "exception before the text", fault: "modelStreamErrorException@speech2+0.5s" },
    { kind: "exception after the text", fault: "internalServerException@text2+0.1s" },
    { kind: "exception in mid-answer", fault: "serviceUnavailableException@answer2+0.5s" },
    { kind: "throttling", fault: "throttlingException@text2" },
    { kind: "model timeout", fault: "modelTimeoutException@speech2+1s" },
    { kind: "connection cut", fault: "reset@answer2+0.3s" },
    { kind: "stall without a byte", fault: "mute@speech2+0.3s" },
    { kind: "GOAWAY", fault: "goaway@speech2+0.3s", life: "12s", questions: 11 },
];

/** A recording is one conversation. Those of a kind follow one another: a server is started for them and stopped after the last. */
export const RENEWALS = KINDS.flatMap((kind) => Array.from({ length: PER_KIND }, (_, number) => ({ questions: 6, ...kind, number })));
/** With `--smoke`, one of them: each kind needs two processes of its own. */
export const SMOKE = RENEWALS.filter(({ kind, number }) => kind === "exception in mid-answer" && number === 0);

const heard = (hertz) => `I hear ${hertz} hertz.`;

function tone(hertz) {
    return Float32Array.from({ length: (TONE_MS * RATE) / 1000 }, (_, i) => 0.2 * Math.sin((2 * Math.PI * hertz * i) / RATE));
}

const servers = new Map();

async function started({ fault, life }) {
    const standIn = await startStandIn(...(fault ? ["--fault", fault] : []), "--max-streams", "40");
    const server = await startNova(standIn, ...(life ? ["--nova-stream-life", life] : []), "--max-conversations", "16");
    const stop = async () => {
        await server.stop();
        await standIn.stop();
    };
    await warmUp(server.url);
    return { url: server.url, streams: standIn.streams, stop };
}

/** The first stream of a process takes a busy machine longer than the server keeps speech: nobody talks before there is one. */
async function warmUp(url) {
    const caller = await Caller.open(url, { prompt: "You are Ada." });
    say(caller, 200);
    await caller.until(() => said(caller.listener) !== "", 90_000);
    await caller.close();
}

/** Says a tone in whole frames of the microphone: the stand-in would hear the noise in a frame that is half a tone. */
const say = (caller, hertz) => caller.say(tone(hertz), milliseconds({ length: FRAME }) * Math.ceil((caller.now + 300) / milliseconds({ length: FRAME })));

/** Waits for the server and the stand-in of a kind, which its conversations share. */
export async function serverReady(recording) {
    const { kind } = recording;
    if (!servers.has(kind)) servers.set(kind, { pair: started(recording), users: 0 });
    const shared = servers.get(kind);
    shared.users++;
    await shared.pair;
}

/** Stops them after the last conversation. */
async function release(kind) {
    const shared = servers.get(kind);
    if (--shared.users > 0) return;
    servers.delete(kind);
    await (await shared.pair).stop();
}

const said = ({ answers }) => answers.map(({ final }) => final).join(" ");
const times = (text, part) => text.split(part).length - 1;

export async function renewals(_local, recording) {
    const server = await servers.get(recording.kind).pair;
    const tones = [];
    let caller;
    try {
        caller = await Caller.open(server.url, { prompt: "You are Ada." });
        for (let i = 0; i < recording.questions; i++) {
            const hertz = 300 + 100 * i + 20 * recording.number;
            tones.push(hertz);
            const question = say(caller, hertz);
            await caller.until(() => said(caller.listener).includes(heard(hertz)), ANSWER);
            await caller.settled(200 + ((7 * hertz) % 900), { since: question.to });
        }
        return caller.evidence({ tones, streams: server.streams() });
    } finally {
        await caller?.close();
        await release(recording.kind);
    }
}

/** Each question has one text of the user and one whole answer, and no sound is heard twice. */
export function answeredOnce(evidence, { kind }) {
    const { users, tones, problems, received } = evidence;
    const texts = users.map(({ text }) => text.trim());
    const all = said(evidence);
    const counts = (of) => tones.filter((hertz) => of(hertz) !== 1);
    const answers = (hertz) => times(all, `You said: ${heard(hertz)}`);
    const wrong = [...new Set([...counts((hertz) => texts.filter((text) => text === heard(hertz)).length), ...counts(answers)])];
    const right = tones.length - wrong.length;
    const numbers = { kind, right, asked: tones.length, streams: evidence.streams };
    const failed = (what) => ({ ok: false, what, ...numbers });
    if (wrong.length > 0) return failed(`${wrong.map((hertz) => `${hertz} hertz heard ${texts.filter((text) => text === heard(hertz)).length} times, answered ${answers(hertz)} times`).join("; ")}: “${all}”`);
    if (texts.length !== tones.length) return failed(`heard ${texts.join(" ")}`);
    if (problems.length > 0) return failed(`the server said “${problems.at(-1)}”`);
    const extra = received - tones.length * ANSWER_MS;
    if (Math.abs(extra) > tones.length * WORD_MS) return failed(`${(extra / 1000).toFixed(1)} s of sound too ${extra > 0 ? "much" : "little"}`);
    return { ok: true, ...numbers };
}

/** Prints a line for each kind. */
export const once = {
    goal: "all",
    sum(verdicts) {
        let questions = 0, answered = 0;
        for (const { kind } of KINDS) {
            const of = verdicts.filter((verdict) => verdict.kind === kind);
            if (of.length === 0) continue;
            const asked = of.reduce((sum, verdict) => sum + verdict.asked, 0), right = of.reduce((sum, verdict) => sum + verdict.right, 0);
            console.log(`row 11  ${kind}: ${right} of ${asked} questions answered once, ${of.length} conversations, ${Math.max(...of.map(({ streams }) => streams))} streams`);
            questions += asked;
            answered += right;
        }
        return { result: `${answered} of ${questions} questions, ${verdicts.filter(({ ok }) => ok).length} of ${verdicts.length} conversations`, met: verdicts.every(({ ok }) => ok) };
    },
};
