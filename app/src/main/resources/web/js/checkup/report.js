import { PROBES } from "./probes.js";
import { verdict } from "./verdict.js";
import { inWords } from "./words.js";

/** How the page's own check is described. */
const OWN = { probes: PROBES, judge: verdict, describe: inWords };

const MARKS = { good: "ok  ", note: "note", bad: "BAD ", skipped: "-   " };

/**
 * A check as plain text for support. Pure. Contains no secrets: no query, and nothing that looks like a token.
 *
 * @param {{origin: string, agent: string, network?: string, at: Date}} about
 * @param {{probes: object[], judge: function, describe: function}} way the words for the check of another server
 */
export function reportText(seen, { origin, agent, network, at }, { probes, judge, describe } = OWN) {
  const { grade, sentence, advice } = judge(seen);
  const steps = probes.map(({ id, title }) => {
    const { state, text } = describe(id, seen[id]);
    return `[${MARKS[state]}] ${title}: ${redacted(text)}`;
  });
  const { secure, online, microphone, clockStepMs } = seen.device;
  return [
    "Parley, check of the connection",
    "",
    `${grade.toUpperCase()}: ${sentence}`,
    `What to do: ${advice}`,
    "",
    ...steps,
    "",
    `Server:     ${origin}`,
    `When:       ${at.toISOString()} (${zone(at)})`,
    `Browser:    ${agent}`,
    ...(network ? [`Network:    ${network}`] : []),
    `Page:       ${secure ? "secure" : "not secure"}, ${online ? "online" : "offline"}, ${microphone ? `microphone ${microphone}, ` : ""}${seen.hidden ? "was in the background" : "stayed in front"}`,
    ...(clockStepMs ? [`Clock:      steps of ${clockStepMs.toFixed(3)} ms${offset(seen.reach)}`] : []),
    "",
  ].join("\n");
}

/** Removes the values of queries and long sequences of letters and digits. */
export function redacted(text) {
  return text.replace(/([?&][\w.-]+=)[^&\s]+/g, "$1…").replace(/(?=[\w+/=.~-]*\d)[\w+/=.~-]{19,}\w/g, "…");
}

function zone(at) {
  const minutes = -at.getTimezoneOffset();
  return `UTC${minutes < 0 ? "-" : "+"}${Math.abs(minutes) / 60}`;
}

function offset({ clockOffMs }) {
  if (clockOffMs === undefined) return "";
  return `, server's ${Math.round(Math.abs(clockOffMs))} ms ${clockOffMs < 0 ? "behind" : "before"} this one`;
}
