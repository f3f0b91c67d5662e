import { redacted } from "../checkup/report.js";
import { OTHER_PROBES } from "./other-probes.js";

const NAME = "result=";
const LONGEST = 6_000;
const LONGEST_TEXT = 160;

/** The facts that a link may carry. A link has facts and no sentences: the page that opens it writes these itself. */
const KINDS = {
  flag: ["ok", "secure", "online", "notOffered", "unmeasured", "broke", "sure", "unreadable", "policy", "html", "cookies", "sessionLost"],
  number: ["status", "code", "revision", "tookMs", "firstMs", "medianMs", "heldMs", "sent", "answered", "changed", "p50", "p95", "p99"],
  text: ["why"],
  word: ["skipped", "local"],
};
const WORDS = { skipped: ["needs", "time"], local: ["granted", "prompt", "denied"] };
const KIND_OF = new Map(Object.entries(KINDS).flatMap(([kind, names]) => names.map((name) => [name, kind])));

/**
 * Writes a result as the fragment of an address, which browsers send to no server. Texts are redacted; the query of the server is left out.
 *
 * @param {{server: string, page: string, at: Date, agent: string, seen: object}} result
 */
export function fragmentOf({ server, page, at, agent, seen }) {
  const facts = {};
  for (const { id } of OTHER_PROBES) {
    facts[id] = {};
    for (const [name, value] of Object.entries(seen[id] ?? {})) {
      if (value === undefined || !KIND_OF.has(name)) continue;
      facts[id][name] = typeof value === "number" ? Math.round(value * 10) / 10 : KIND_OF.get(name) === "text" ? plain(redacted(value)) : value;
    }
  }
  const json = JSON.stringify({ v: 1, server, page, at: at.getTime(), agent: plain(agent), hidden: seen.hidden === true, seen: facts });
  return `#${NAME}${base64(json)}`;
}

/**
 * Reads a fragment, which anybody may have written: takes known facts of the expected type and size only.
 *
 * @returns the argument of `fragmentOf`; undefined if there is none; null if it is damaged
 */
export function readFragment(fragment) {
  if (!fragment.startsWith(`#${NAME}`)) return undefined;
  try {
    if (fragment.length > LONGEST) return null;
    const { v, server, page, at, agent, hidden, seen } = JSON.parse(text(fragment.slice(NAME.length + 1)));
    if (v !== 1 || !isOrigin(server) || (page !== "null" && !isOrigin(page)) || !(at >= 0 && at < 8e15) || typeof agent !== "string") return null;
    const facts = { hidden: hidden === true };
    for (const { id } of OTHER_PROBES) {
      facts[id] = {};
      for (const [name, value] of Object.entries(seen[id])) {
        if (!holds(name, value)) return null;
        facts[id][name] = typeof value === "string" ? plain(value) : value;
      }
    }
    return { server, page, at: new Date(at), agent: plain(agent), seen: facts };
  } catch {
    return null;
  }
}

function holds(name, value) {
  switch (KIND_OF.get(name)) {
    case "flag":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && value >= 0 && value < 1e7;
    case "text":
      return typeof value === "string" && value.length <= LONGEST_TEXT;
    case "word":
      return WORDS[name].includes(value);
    default:
      return false;
  }
}

function isOrigin(value) {
  return typeof value === "string" && value.length <= 300 && /^https?:/.test(value) && new URL(value).origin === value;
}

/** Without control characters and marks that turn the direction of writing. */
function plain(value) {
  return value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ").slice(0, LONGEST_TEXT);
}

function base64(json) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(json))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function text(coded) {
  const bytes = Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
