// Says of a recording's evidence (see Caller.evidence) whether the goal was met, and what happened. Pure.
import { errors, words } from "../words.mjs";
import { seconds } from "./statistics.mjs";

const passed = (numbers = {}) => ({ ok: true, ...numbers });
const failed = (what, numbers = {}) => ({ ok: false, what, ...numbers });
const quoted = (text) => `“${text.trim()}”`;
const saidOf = ({ final, planned }) => final || planned;

/** Sound may be lost at the edges of a pause, and the last block may not be counted. */
const EDGE = 250;
/** An interruption of the kind that asks for nothing may be acknowledged. */
const ACKNOWLEDGED = /^\W*(?:ok(?:ay)?|all right|sure|yes|right|of course)\b/i;

/** Whether every word occurs, in order. */
function contains(text, planned) {
    const said = words(text);
    let at = 0;
    for (const word of words(planned)) {
        at = said.indexOf(word, at) + 1;
        if (at === 0) return false;
    }
    return true;
}

/** Whether an answer is paused, and neither went on nor was dropped. */
const waiting = ({ pauses }) => pauses.length > 0 && pauses.at(-1).to === undefined;

/** An answer is heard to its end although somebody murmured, or something made a noise, in `sound`. */
export function heardToItsEnd(evidence, { right }) {
    const { users, answers, plays, sound } = evidence;
    if (users.length === 0) return failed("the question was not heard");
    if (answers.length === 0) return failed(`no answer came${users.length > 1 ? `; the sound was taken for ${quoted(users.at(-1).text)}` : ""}`);
    const [answer, ...more] = answers;
    const stop = plays.find(({ cut, to }) => cut === "dropped" && to >= sound.from);
    if (answer.interrupted) return failed(`the sound was taken for ${quoted(users.at(-1).text)} and the answer stopped for good${stop ? ` ${seconds(stop.to - sound.from)} after the sound began` : ""}`);
    if (more.length > 0) return failed(`the sound was taken for ${quoted(users.at(-1).text)} and answered: ${quoted(saidOf(more[0]))}`);
    if (waiting(evidence)) return failed("the answer was paused and did not go on");
    if (!right.test(answer.final)) return failed(`the answer was ${quoted(saidOf(answer))} to ${quoted(users[0].text)}`);
    if (!answer.over || evidence.playing) return failed("the answer did not end");
    // Text that is planned again after a pause is a part of the text that was planned before it.
    if (!contains(answer.final, evidence.plannedAtCut ?? answer.planned)) return failed(`only ${quoted(answer.final)} was said`);
    const whole = evidence.receivedAtCut ?? evidence.received;
    if (evidence.heard < whole - EDGE) return failed(`${seconds(evidence.heard)} of ${seconds(whole)} were heard`);
    return passed(resumption(evidence));
}

/** How long after the end of the sound the answer went on. */
function resumption({ plays, sound, pauses }) {
    if (pauses.length === 0) return {};
    const next = plays.find(({ from }) => from > pauses[0].from);
    return next ? { resume: Math.max(0, next.from - sound.to) } : {};
}

/** Checks that the speech in `sound` became a turn of the user with these words, and was answered. */
export function taken(evidence, { words: expected }) {
    const { users, answers, sound } = evidence;
    const heard = users.filter(({ at }) => at >= sound.from);
    const answer = answers.find(({ at }) => at >= sound.from && heard.some((user) => user.at <= at));
    if (heard.length === 0) return failed("it was not taken as a turn");
    if (!expected.test(heard.map(({ text }) => text).join(" "))) return failed(`it was heard as ${quoted(heard[0].text)}`);
    if (!answer || saidOf(answer) === "") return failed("it was heard but not answered");
    return passed();
}

/** A real interruption: the answer stops, and the new one is right. `right` is undefined if none is asked for. */
export function interrupted(evidence, { right }) {
    const { users, answers, plays, sound, wordEnd } = evidence;
    if (answers.length === 0) return failed("there was no answer to interrupt");
    const cut = plays.find(({ from, to, cut }) => cut && from < wordEnd && to >= sound.from);
    const [first] = answers;
    if (!cut) return failed("the answer did not stop");
    const numbers = { stop: Math.max(0, cut.to - wordEnd) };
    // An answer that waits has stopped: "wait" alone asks for no more.
    if (!first.interrupted && !waiting(evidence)) return failed("the answer went on", numbers);
    const next = answers.filter(({ at }) => at >= sound.from);
    const text = next.map(saidOf).join(" ");
    const heard = users.filter(({ at }) => at >= sound.from).map((user) => user.text).join(" ");
    if (right === undefined) return next.length === 0 || ACKNOWLEDGED.test(text) ? passed(numbers) : failed(`it was answered: ${quoted(text)}`, numbers);
    if (next.length === 0) return failed(`no answer to ${heard ? quoted(heard) : "what was not heard"}`, numbers);
    if (!right.test(text)) return failed(`the answer to ${quoted(heard)} was ${quoted(text)}`, numbers);
    if (next.length > 1) return failed(`answered ${next.length} times`, numbers);
    return passed(numbers);
}

/** One question, answered once and as a whole: by the words of the answer (`right`), or else by what was understood (`said`). */
export function answeredWhole({ users, answers, problems, playing }, { right, said }) {
    const what = `heard ${users.map(({ text }) => quoted(text)).join(", ") || "nothing"}`;
    const trouble = problems.length > 0 ? `; the server said ${quoted(problems.at(-1))}` : "";
    if (users.length === 0) return failed(`not heard${trouble}`);
    if (users.length > 1 || answers.length > 1) return failed(`${users.length} turns, ${answers.length} answers: ${what}${trouble}`);
    if (answers.length === 0) return failed(`no answer: ${what}${trouble}`);
    if (playing || !answers[0].over) return failed(`the answer did not end: ${what}`);
    if (right && !right.test(saidOf(answers[0]))) return failed(`${what}, answered ${quoted(saidOf(answers[0]))}`);
    if (!right && errors(said, users[0].text) > 0.2 * words(said).length) return failed(what);
    return passed();
}

/** A complete sentence in `question`: from the end of speech to the first sound of its answer. */
export function soonAnswered({ firsts, users, answers, question }) {
    const first = firsts.find((at) => at >= question.from);
    if (first === undefined) return failed(users.length === 0 ? "not heard" : `no answer to ${quoted(users.at(-1).text)}`);
    if (first < question.to) return failed(`answered ${seconds(question.to - first)} before its end: ${quoted(users[0]?.text ?? "")}`);
    if (answers.length > 1) return failed(`answered ${answers.length} times`, { latency: first - question.to });
    return passed({ latency: first - question.to });
}

/** The assistant's own voice came back: no turn but the user's. */
export function withoutItself({ users, answers }) {
    const turns = Math.max(0, users.length - 1);
    if (users.length === 0 || answers.length === 0) return failed("the question was not answered", { turns });
    return turns === 0 ? passed({ turns }) : failed(`${turns} turns with itself, the first ${quoted(users[1].text)}`, { turns });
}

/**
 * Every question of `questions` is answered, and so is the greeting, each with at most `gaps` silences inside the answers of all. `sent` holds when the server
 * sent each piece of sound. The delay from mouth to ear is from there until it is heard, for the first piece after a silence.
 */
export function withoutGaps({ users, answers, plays, questions, sent }, { gaps: most }) {
    const heard = plays.map(({ from, piece }) => Math.max(0, from - sent[piece]));
    const replies = questions.map(({ to }) => plays.find(({ from }) => from >= to)).flatMap((play, i) => (play ? [play.from - questions[i].to] : []));
    const gaps = plays.length - answers.length;
    const numbers = { gaps, heard, replies };
    if (users.length !== questions.length) return failed(`${questions.length} questions were taken for ${users.length}`, numbers);
    if (answers.length !== questions.length + 1 || replies.length < questions.length) return failed(`${answers.length} answers to ${questions.length} questions and a greeting`, numbers);
    const broken = answers.find(({ over, interrupted }) => !over || interrupted);
    if (broken) return failed(`${quoted(saidOf(broken))} did not end`, numbers);
    return gaps <= most ? passed(numbers) : failed(`${gaps} gaps`, numbers);
}

/** Only this, which holds at any speed of the machine: somebody was heard, one of the answers is right, and no text is an answer twice. */
export function answeredOnce({ users, answers, problems }, right) {
    const texts = answers.map(saidOf).filter((text) => text.trim() !== "");
    const trouble = problems.length > 0 ? `; the server said ${quoted(problems.at(-1))}` : "";
    if (users.length === 0) return failed(`not heard${trouble}`);
    if (!texts.some((text) => right.test(text))) return failed(`heard ${quoted(users.at(-1).text)}, answered ${texts.map(quoted).join(", ") || "nothing"}${trouble}`);
    const twice = texts.find((text, i) => texts.indexOf(text) < i);
    return twice ? failed(`answered twice: ${quoted(twice)}`) : passed();
}
