// See e2e/turns.
import { startServer } from "../parley.mjs";
import { optionsOf, spread } from "./options.mjs";
import { ROWS } from "./rows.mjs";
import { needSpeech } from "./speech.mjs";
import { seconds, table } from "./statistics.mjs";
import { weatherService } from "./weather.mjs";

/** No recording takes this long; one that does has failed. */
const PATIENCE = 160_000;
/** With `--smoke`, so many recordings may need a second try. */
const MOST_AGAIN = 3;
const TOOL_MS = 2_500;
/** The server takes a microphone that is silent this long for somebody who is. */
const LATE = 250;

/** The recordings to play, in order: { row, recording, run }. Where there is one of each row, the long ones of the last rows begin. */
function plan(rows, { clips, runs, smoke }) {
    return (smoke ? rows.toReversed() : rows).flatMap((row) => Array.from({ length: row.runs ? runs : 1 }, (_, run) =>
        ((smoke && row.smoke) || spread(row.recordings, clips)).map((recording) => ({ row, run, recording: smoke ? shortened(row, recording) : recording }))).flat());
}

const shortened = (row, recording) => (Array.isArray(recording) ? recording.slice(0, 1) : { ...recording, ...row.short });

async function verdictOf(server, { row, recording, run }, smoke) {
    let timer;
    try {
        await row.ready?.(recording);
        const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`did not end within ${PATIENCE / 1000} s`)), PATIENCE)));
        const evidence = await Promise.race([row.play(server, recording), late]);
        return { run, late: evidence.late ?? 0, ...(smoke ? row.essential : row.judged)(evidence, recording) };
    } catch (error) {
        return { run, late: 0, ok: false, what: error.message };
    } finally {
        clearTimeout(timer);
    }
}

/** Plays them, a few at once, and tells of each. @returns {Promise<Map<object, object[]>>} the verdicts of each row */
async function play(server, planned, { atOnce, smoke }, rows) {
    const verdicts = new Map(rows.map((row) => [row, []]));
    const queue = planned.values();
    const failed = [];
    let done = 0;
    const worker = async () => {
        for (const one of queue) {
            const verdict = await verdictOf(server, one, smoke);
            verdicts.get(one.row).push(verdict);
            if (!verdict.ok) failed.push(one);
            done++;
            const progress = `${String(done).padStart(3)}/${planned.length}  row ${one.row.number}`;
            const late = verdict.late > LATE ? ` (its microphone was ${seconds(verdict.late)} late)` : "";
            if (!verdict.ok) console.log(`${progress}  ${one.row.title(one.recording)}: ${verdict.what}${late}`);
            else console.error(`${progress}  ${one.row.title(one.recording)}: ok`);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (smoke && failed.length <= MOST_AGAIN) await again(server, failed, verdicts);
    return verdicts;
}

/** Plays once more, alone, what failed: with several at once on a busy machine even a microphone comes too late. */
async function again(server, failed, verdicts) {
    for (const one of failed) {
        console.log(`once more, alone: row ${one.row.number}`);
        verdicts.set(one.row, [await verdictOf(server, one, true)]);
    }
}

const tried = (verdicts) => ({ result: verdicts.map(({ ok, what }) => (ok ? "right" : what)).join("; "), met: verdicts.every(({ ok }) => ok) });

function report(rows, verdicts, smoke) {
    const sums = rows.map((row) => ({ row, ...(smoke ? tried(verdicts.get(row)) : row.sum(verdicts.get(row))) }));
    const lines = sums.map(({ row, result, met }) => [String(row.number), row.name, smoke ? "right" : row.goal, result, met ? "" : "missed"]);
    console.log(`\n${table([["row", "", "goal", "result", ""], ...lines]).join("\n")}`);
    for (const { row, details = [] } of sums) for (const detail of details) console.log(`row ${row.number}: ${detail}`);
    return sums.every(({ met }) => met);
}

async function measured(options) {
    needSpeech();
    const rows = ROWS.filter(({ number }) => options.rows.length === 0 || options.rows.includes(number));
    const begun = performance.now();
    const planned = plan(rows, options);
    for (const { row, recording } of planned) row.prepare(recording);
    const weather = await weatherService(TOOL_MS);
    const server = await startServer({ args: ["--model", "local", "--weather-url", weather.url, "--places-url", weather.url, "--max-conversations", "16"] });
    try {
        const verdicts = await play(server, planned, options, rows);
        const met = report(rows, verdicts, options.smoke);
        const late = [...verdicts.values()].flat().filter((verdict) => verdict.late > LATE).length;
        if (late > 0) console.log(`the machine was busy: in ${late} recordings the microphone was more than ${LATE} ms late`);
        console.log(`in ${Math.round((performance.now() - begun) / 1000)} s, ${options.atOnce} at once`);
        return met ? 0 : 1;
    } finally {
        await server.stop();
        await weather.stop();
    }
}

/** The options, or undefined where the arguments are wrong, of which the user is told. */
function asked() {
    try {
        return optionsOf(process.argv.slice(2), ROWS.map(({ number }) => number));
    } catch (error) {
        console.error(error.message);
        return undefined;
    }
}

// The server ends with this process.
for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]]) process.once(signal, () => process.exit(code));
const options = asked();
if (!options) process.exit(64);
try {
    process.exit(await measured(options));
} catch (error) {
    console.error(error.message);
    process.exit(1);
}
