// The rows of the table: their recordings, how each is judged, and what all of them together must reach.
import { errors, words } from "../words.mjs";
import * as judge from "./judge.mjs";
import * as list from "./recordings.mjs";
import * as nova from "./renewals.mjs";
import * as scene from "./scenes.mjs";
import { grouped, median, percentile, scaled, seconds } from "./statistics.mjs";

const numbers = (verdicts, name) => verdicts.map((verdict) => verdict[name]).filter((value) => value !== undefined);
const succeeded = (verdicts) => verdicts.filter(({ ok }) => ok).length;

/** So many recordings of all must succeed. */
const counted = (goal, of) => ({
    goal: goal === of ? `${of} of ${of}` : `≥ ${goal} of ${of}`,
    sum: (verdicts) => ({ result: `${succeeded(verdicts)} of ${verdicts.length}`, met: succeeded(verdicts) >= scaled(goal, of, verdicts.length) }),
});

const soundName = ({ word, speaker, murmur, voice, level }) => (word ? `“${word}” by ${speaker}` : `${murmur} ${voice + 1}`) + `, ${level} dBFS`;

function interruptions() {
    const stops = counted(19, 20);
    return {
        goal: `${stops.goal}, stop p95 ≤ 0.5 s`,
        sum(verdicts) {
            const { result, met } = stops.sum(verdicts);
            const p95 = percentile(numbers(verdicts, "stop"), 0.95);
            return { result: `${result}, stop p95 ${seconds(p95)}`, met: met && p95 <= 500 };
        },
    };
}

/** A murmur's answer goes on: how soon is printed, and has no goal here. */
function backchannels() {
    const kept = counted(19, 20);
    return {
        goal: kept.goal,
        sum(verdicts) {
            const { result, met } = kept.sum(verdicts);
            const resume = numbers(verdicts, "resume");
            return { result: resume.length > 0 ? `${result}, goes on p95 ${seconds(percentile(resume, 0.95))}` : result, met };
        },
    };
}

/** Each run has its percentiles; the median of the runs counts. A question without a timely answer counts as an infinite latency. */
export const latencies = {
    goal: "p50 ≤ 0.5 s, p95 ≤ 0.9 s",
    sum(verdicts) {
        const runs = grouped(verdicts, ({ run }) => run).map((run) => run.map(({ latency = Infinity }) => latency));
        const [p50, p95] = [0.5, 0.95].map((share) => median(runs.map((run) => percentile(run, share))));
        const all = succeeded(verdicts);
        return {
            result: `p50 ${seconds(p50)}, p95 ${seconds(p95)}, ${all} of ${verdicts.length} answered`,
            met: p50 <= 500 && p95 <= 900,
        };
    },
};

const ownVoice = {
    goal: "0 turns",
    sum(verdicts) {
        const turns = numbers(verdicts, "turns").reduce((sum, count) => sum + count, 0);
        return { result: `${turns} turns, ${succeeded(verdicts)} of ${verdicts.length} without`, met: succeeded(verdicts) === verdicts.length };
    },
};

const judgedNetwork = (evidence, recording) => ({ ...judge.withoutGaps(evidence, recording), recording });

const gaps = {
    goal: "0; 0; ≤ 2",
    sum(verdicts) {
        const { result, met } = counted(6, 6).sum(verdicts);
        const details = verdicts.filter(({ recording }) => recording).map(({ recording: { name, transport }, gaps, heard, replies }) =>
            `${name}, ${transport}: ${gaps} gaps; mouth to ear p50 ${seconds(median(heard))}, most ${seconds(percentile(heard, 1))}; end of a question to its answer p50 ${seconds(median(replies))}`);
        return { result, details, met };
    },
};

const wordErrors = {
    goal: "≤ 2 %",
    sum(verdicts) {
        const runs = grouped(verdicts, ({ run }) => run).map((run) => {
            const all = numbers(run, "all").reduce((sum, count) => sum + count, 0);
            return all > 0 ? numbers(run, "wrong").reduce((sum, count) => sum + count, 0) / all : 1;
        });
        const complete = verdicts.every(({ all }) => all > 0);
        return { result: `${(100 * median(runs)).toFixed(1)} %`, met: complete && median(runs) <= 0.02 };
    },
};

function heardRightly(turns) {
    const wrong = turns.map(({ text, heard }) => errors(text, heard ?? "")), all = turns.reduce((sum, { text }) => sum + words(text).length, 0);
    const first = wrong.findIndex((count) => count > 0);
    const sum = wrong.reduce((a, b) => a + b, 0);
    return { ok: sum === 0, wrong: sum, all, what: first >= 0 ? `${sum} words wrong, first in “${turns[first].heard}”` : undefined };
}

/**
 * `recordings` are data, `prepare(recording)` makes its sounds, `title` names one, `play(server, recording)` gives its evidence, `judged(evidence, recording)` the verdict: { ok, what, … }.
 * `runs` says that percentiles are the median of several runs; `ready` waits for a server of its own. `--smoke` plays the recordings of `smoke`, by default the first, with
 * the changes of `short`, and takes the verdict of `essential`, which does not depend on the speed of the machine.
 */
const row = (number, name, recordings, { prepare = scene.prepare, title, play, judged, essential = judged, goal, sum, runs = false, short = {}, smoke, ready }) =>
    ({ number, name, recordings, prepare, title, play, judged, essential, goal, sum, runs, short, smoke, ready });

/** The question of a recording is answered rightly, and no answer comes twice. */
const rightOf = ({ right, question }) => right ?? question?.right ?? /\w/;
const essential = (evidence, recording) => judge.answeredOnce(evidence, rightOf(recording));

/** In order of value. */
export const ROWS = [
    row(1, "back-channel over an answer: heard to its end", list.BACKCHANNELS, {
        title: ({ sound, question }) => `${soundName(sound)} over “${question.text}”`,
        play: scene.backchannel, judged: (evidence, { question }) => judge.heardToItsEnd(evidence, question), essential, ...backchannels(),
    }),
    row(2, "yes or no to a question of the assistant: taken", list.YES_AND_NO, {
        title: ({ word, speaker, after }) => `“${word}” by ${speaker}, ${after < 0 ? `${-after} ms before` : `${after} ms after`} the question's end`,
        play: scene.yesOrNo, judged: judge.taken, ...counted(15, 15),
    }),
    row(3, "last words of an answer repeated within 1 s: answered", list.REPEATED, {
        title: ({ repeat, after }) => `“${repeat}” ${after} ms after the answer`,
        play: scene.repeated, judged: judge.taken, ...counted(10, 10),
    }),
    row(4, "real interruption: answer stops, new one is right", list.INTERRUPTIONS, {
        title: ({ text, speaker, question }) => `“${text}” by ${speaker} over “${question.text}”`,
        essential, short: list.INTERRUPTIONS.find(({ right }) => right),
        play: scene.interruption, judged: judge.interrupted, ...interruptions(),
    }),
    row(5, "noise before or during an answer or a tool: answer comes", list.NOISES, {
        title: ({ place, kind, question }) => `${kind} ${{ before: "before the answer", during: "over the answer", tool: "while the tool runs" }[place]} to “${question.text}”`,
        essential, play: scene.noisy, judged: (evidence, { question }) => judge.heardToItsEnd(evidence, question), ...counted(15, 15),
    }),
    row(7, "pause at an unfinished place: answered once, as a whole", list.PAUSES, {
        title: ({ pause, parts, clip }) => `${pause} ms in ${parts ? `“${parts.join(" … ")}”` : clip}`,
        // One of those that a recogniser understands by any voice.
        smoke: list.PAUSES.filter(({ parts, pause }) => pause === 600 && parts?.[1] === "Paris?"),
        essential, play: scene.halves, judged: judge.answeredWhole, ...counted(36, 40),
    }),
    row(8, "complete sentences: end of speech to first audio", list.SENTENCES, {
        title: ({ clip, text }) => clip ?? `“${text}”`,
        essential, play: scene.sentence, judged: judge.soonAnswered, runs: true, ...latencies,
    }),
    row(6, "own voice fed back, 30 s each: turns with itself", list.ECHOES, {
        title: ({ decibels, delay }) => `${decibels} dB, ${delay} ms later`,
        prepare: scene.prepareEcho, play: scene.echo, judged: judge.withoutItself, essential: (evidence) => judge.answeredOnce(evidence, /\bcan\b/i), short: { length: 9_000 }, ...ownVoice,
    }),
    row(9, "network cut in mid-question: answered whole", list.CUTS, {
        title: ({ way, transport, length, text }) => `${way} of ${length / 1000} s over ${transport} in “${text}”`,
        essential, play: scene.cut, judged: judge.answeredWhole, ...counted(12, 12),
    }),
    row(10, "a minute over a slow network: gaps heard", list.NETWORKS, {
        title: ({ transport, name }) => `${name}, ${transport}`,
        prepare: scene.prepareMinute, play: scene.farAway, judged: judgedNetwork,
        essential: (evidence) => judge.answeredOnce(evidence, /\bcan\b/i), short: { length: 1_000, welcome: "Welcome to the house by the sea." }, ...gaps,
    }),
    row(11, "Nova stand-in: renewals and failures during talk", nova.RENEWALS, {
        title: ({ kind, number }) => `${kind}, conversation ${number + 1}`,
        prepare: () => {}, play: nova.renewals, judged: nova.answeredOnce, short: { questions: 2 }, smoke: nova.SMOKE, ready: nova.serverReady, ...nova.once,
    }),
    row(13, "network fails twice, in a pause, after a question or in an answer", list.OUTAGES, {
        title: ({ way, transport, length, at, text }) => `${way} of ${length / 1000} s over ${transport} at ${at.join(" and ")} in “${text}”`,
        play: scene.cut, judged: judge.answeredWhole, ...counted(8, 8),
    }),
    row(12, "word error rate of human clips through talk", list.PACKS, {
        title: (pack) => pack.map(({ clip }) => clip).join(", "),
        prepare: () => {}, play: scene.talk, judged: heardRightly, runs: true, ...wordErrors,
    }),
];
