import { access } from "./access.js";

const ALL = ["persona", "voice", "prompt"];

/** Requests what this visitor may choose: a set of `persona`, `voice`, `prompt` and more. A server without this endpoint allows all. */
export async function loadChoices() {
  try {
    const answer = await fetch("/api/choices", { headers: access.headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
    return new Set(answer.ok ? (await answer.json()).may : ALL);
  } catch {
    return new Set(ALL);
  }
}
