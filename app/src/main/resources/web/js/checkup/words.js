import { grade, span } from "./numbers.js";

/**
 * Describes the facts of a probe for the user. Pure. `state` is "good", "note" (worth knowing), "bad" or "skipped".
 *
 * @returns {{state: string, text: string}}
 */
export function inWords(id, facts) {
  if (facts.skipped === "time") return { state: "skipped", text: "Not tried: no time was left." };
  if (facts.skipped) return { state: "skipped", text: "Not tried, because an earlier step failed." };
  if (facts.notOffered) return { state: "skipped", text: "This server does not offer it." };
  if (facts.unmeasured) return { state: "skipped", text: "Not measured: this server sends no echo." };
  return WORDS[id](facts);
}

const good = (text) => ({ state: "good", text });
const note = (text) => ({ state: "note", text });
const bad = (text) => ({ state: "bad", text });

const MICROPHONE = {
  granted: good("This page may use your microphone."),
  prompt: good("You will be asked for the microphone when you press Talk."),
  unknown: good("Your browser does not say whether this page may use the microphone."),
  denied: bad("Your browser does not let this page use the microphone."),
  none: note("No microphone was found. You can type."),
  unsupported: bad("This browser does not offer a microphone to pages."),
};

const CLOCK_WARNING = 60_000;

const WORDS = {
  device: ({ secure, microphone, online }) => {
    if (!online) return bad("Your device says that it is offline.");
    if (!secure) return bad("This page is not secure (no https), so your browser does not allow the microphone.");
    return MICROPHONE[microphone];
  },
  reach: ({ ok, why, status, firstMs, medianMs, protocol, clockOffMs }) => {
    if (why) return bad(`No response: ${why}.`);
    if (!ok) return bad(`The response is an error (${status}).`);
    const text = `Responds in ${span(medianMs)} (the first time ${span(firstMs)})${protocol ? `, over ${http(protocol)}` : ""}.`;
    if (Math.abs(clockOffMs) > CLOCK_WARNING) return note(`${text} Your clock and the server's are ${span(Math.abs(clockOffMs))} apart.`);
    return good(text);
  },
  polling: ({ ok, tookMs, why, status }) =>
    ok ? connected(tookMs) : bad(`No connection: ${why.replace(/\.$/, "")}${status ? `, status ${status}` : ""}.`),
  websocket: ({ ok, tookMs, why }) => (ok ? connected(tookMs) : note(`Blocked or rejected (${why}).`)),
  pollingSound: sound,
  websocketSound: sound,
  upgrade: ({ ok, tookMs, why }) => (ok ? good(`Changed after ${span(tookMs)}.`) : note(`It stays on polling (${why}).`)),
  quiet: ({ ok, heldMs, why }) => (ok ? good(`Still there after ${span(heldMs)} of silence.`) : bad(`Lost after ${span(heldMs)} of silence (${why}).`)),
};

function connected(tookMs) {
  return good(`Connected in ${span(tookMs)}.`);
}

function sound(facts) {
  if (facts.broke) return bad(`The connection broke off (${facts.why}) after ${facts.answered} of ${facts.sent} pieces of sound.`);
  if (facts.why) return bad(`Not completed: ${facts.why}.`);
  const { sent, answered, changed, p50, p95, p99 } = facts;
  if (answered === 0) return bad("No echo came back.");
  const lost = sent - answered;
  const text =
    `Round trip ${span(p50)}; 95 % within ${span(p95)}, 99 % within ${span(p99)}.` +
    (lost > 0 ? ` ${lost} of ${sent} did not come back in time.` : "") +
    (changed > 0 ? ` ${changed} came back changed.` : "");
  return { good, fair: note, bad }[grade(facts)](text);
}

function http(protocol) {
  return { "http/1.0": "HTTP/1.0", "http/1.1": "HTTP/1.1", h2: "HTTP/2", h3: "HTTP/3" }[protocol] ?? protocol;
}
