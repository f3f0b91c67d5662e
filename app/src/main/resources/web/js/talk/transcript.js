/**
 * Builds turns from the model's text events. Pure: each function takes a transcript and returns a new one.
 *
 * A turn: `{id, role: "user" | "assistant" | "divider", at, speaker, blocks: [{id, text}], finals: [{id, text}], typed, interrupted, tools}`;
 * `speaker` is the name of the assistant that speaks, undefined if unknown; a divider has no text and begins a new conversation, whose events
 * do not change the turns before it; a tool: `{id, name, asked, answered}`, the last two as JSON, `answered` undefined until there is a result.
 * `blocks` contain planned text (SPECULATIVE); the n-th final text replaces the n-th planned one, because the model later sends
 * the text that was really spoken, sentence by sentence. After an interruption, text that was not spoken is omitted.
 */
export const EMPTY = Object.freeze({ turns: [], stages: {}, nextId: 1, speaker: undefined });

const BLANK = { blocks: [], finals: [], tools: [], typed: false, interrupted: false, closed: false };
const MOST_TURNS = 500;
const MOST_STAGES = 64;
const MOST_TOOLS = 50;
const LONGEST_TOOL_TEXT = 2_000;
const INTERRUPTED_MARK = /^\s*\{\s*"interrupted"\s*:\s*true\s*\}\s*$/;

export function isInterruptionMark(text) {
  return INTERRUPTED_MARK.test(text ?? "");
}

/** From now on the assistant has this name, undefined if unknown. */
export function spokenBy(transcript, speaker) {
  return { ...transcript, speaker };
}

/** A new conversation begins. Texts that were typed for it, the last `pending` ones, belong to it. Nothing divides a first conversation. */
export function began(transcript, at, pending = 0) {
  const { turns, nextId } = transcript;
  let index = turns.length;
  while (turns.length - index < pending && turns[index - 1]?.typed) index--;
  if (index === 0 || turns[index - 1].role === "divider") return transcript;
  const divider = { ...BLANK, id: nextId, role: "divider", at, closed: true };
  return { ...transcript, nextId: nextId + 1, turns: turns.toSpliced(index, 0, divider).slice(-MOST_TURNS) };
}

/** A text block begins: remember whether it is speculative. */
export function opened(transcript, { contentId, additionalModelFields }) {
  const entries = Object.entries(transcript.stages).slice(-MOST_STAGES + 1);
  return { ...transcript, stages: { ...Object.fromEntries(entries), [contentId]: stageOf(additionalModelFields) } };
}

/** Text of a block; several events of one block add up. */
export function said(transcript, { contentId, role, content }, at) {
  if (!content || isInterruptionMark(content)) return transcript;
  const speaker = role === "USER" ? "user" : "assistant";
  const speculative = transcript.stages[contentId] === "SPECULATIVE";
  const list = speculative ? "blocks" : "finals";
  if (!speculative && latest(transcript.turns, (turn) => repeats(turn, contentId, content)) >= 0) return transcript;
  const index = turnFor(transcript, speaker, list, contentId, content);
  if (index < 0) return begin(transcript, speaker, at, { [list]: [{ id: contentId, text: content }] });
  return change(transcript, index, (turn) => ({ ...turn, [list]: append(turn[list], contentId, content) }));
}

/** Text that the user typed: shown at once, and not again when the server repeats it. */
export function typed(transcript, text, at) {
  return begin(transcript, "user", at, { finals: [{ id: "typed", text }], typed: true });
}

/** The assistant calls a tool: added to its turn. */
export function usedTool(transcript, { toolUseId, toolName, content }, at) {
  const tool = { id: toolUseId, name: toolName ?? "tool", asked: shortened(content ?? "{}"), answered: undefined };
  const last = transcript.turns.length - 1;
  if (last < 0 || transcript.turns[last].role !== "assistant" || transcript.turns[last].closed) {
    return begin(transcript, "assistant", at, { tools: [tool] });
  }
  return change(transcript, last, (turn) => ({ ...turn, tools: [...turn.tools, tool].slice(-MOST_TOOLS) }));
}

/** A tool returned its result: added to its call. */
export function toolAnswered(transcript, { toolUseId, result }) {
  const waits = ({ id, answered }) => id === toolUseId && answered === undefined;
  const index = transcript.turns.findLastIndex((turn) => turn.tools.some(waits));
  if (index < 0) return transcript;
  const answered = shortened(JSON.stringify(result ?? null));
  return change(transcript, index, (turn) => ({
    ...turn,
    tools: turn.tools.map((tool) => (waits(tool) ? { ...tool, answered } : tool)),
  }));
}

/** The user interrupted. @param {boolean} sounding whether the reply was still playing, although its text was complete */
export function interrupted(transcript, sounding) {
  const index = latest(transcript.turns, (turn) => turn.role === "assistant");
  if (index < 0 || (transcript.turns[index].closed && !sounding)) return transcript;
  return change(transcript, index, (turn) => ({ ...turn, interrupted: true, closed: true }));
}

/** The last text of the user and the answers to it are void. Earlier texts of the same turn stay. */
export function superseded(transcript) {
  const index = latest(transcript.turns, (turn) => turn.role === "user");
  if (index < 0) return transcript;
  const turns = transcript.turns.slice(0, index);
  const finals = transcript.turns[index].finals.slice(0, -1);
  return { ...transcript, turns: finals.length > 0 ? [...turns, { ...transcript.turns[index], finals }] : turns };
}

/** The turn of this block is over; the next text opens a new one, though finals may still come for this one. */
export function turnEnded(transcript, contentId) {
  const { turns } = transcript;
  const holds = ({ id }) => id === contentId;
  const named = turns.findLastIndex((turn) => turn.blocks.some(holds) || turn.finals.some(holds));
  const index = named >= 0 ? named : turns.length - 1;
  if (index < 0 || turns[index].role !== "assistant") return transcript;
  return change(transcript, index, (turn) => ({ ...turn, closed: true }));
}

/** The parts of a turn to show: `{text, planned}`; planned text was not (yet) confirmed as spoken. */
export function partsOf(turn) {
  const spoken = turn.finals.map(({ text }) => ({ text: text.trim(), planned: false }));
  if (turn.interrupted && spoken.length > 0) return spoken;
  const heard = plain(spoken.map(({ text }) => text).join(" "));
  const planned = turn.blocks
    .slice(turn.finals.length)
    .filter(({ text }) => !heard.includes(plain(text)))
    .map(({ text }) => ({ text: text.trim(), planned: true }));
  return [...spoken, ...planned];
}

export function textOf(turn) {
  return partsOf(turn)
    .map(({ text }) => text)
    .join(" ");
}

/** Whether a final text was there before: a server that goes on after another one was killed sends it again, in its block or in the planned one. */
function repeats(turn, contentId, content) {
  const same = ({ text }) => text.trim() === content.trim();
  const named = ({ id }) => id === contentId;
  if (turn.role !== "assistant") return false;
  if (turn.finals.some((final) => named(final) && same(final))) return true;
  const planned = turn.blocks.some((block) => named(block) && same(block));
  return planned && turn.finals.filter(same).length >= turn.blocks.filter(same).length;
}

function turnFor(transcript, speaker, list, contentId, content) {
  const { turns } = transcript;
  const same = latest(turns, (turn) => turn.role === speaker && turn[list].some((b) => b.id === contentId));
  if (same >= 0) return same;
  if (speaker === "assistant" && list === "finals") {
    const owed = owing(turns, content);
    if (owed >= 0) return owed;
  }
  const last = turns.length - 1;
  if (last < 0 || turns[last].role !== speaker || turns[last].closed) return -1;
  if (turns[last].typed) return echoes(turns[last], content) ? last : -1;
  return last;
}

/** A final text may arrive after the turn has ended: it belongs to the turn that planned it, otherwise to the latest turn that waits. */
function owing(turns, content) {
  const waits = (turn) => turn.role === "assistant" && turn.finals.length < turn.blocks.length;
  const words = plain(content);
  const planned = latest(turns, (t) => waits(t) && t.blocks.some((b) => plain(b.text).startsWith(words)));
  return planned >= 0 ? planned : latest(turns, waits);
}

/** The last turn of this conversation that matches; -1 if there is none. */
function latest(turns, matches) {
  const index = turns.findLastIndex((turn) => turn.role === "divider" || matches(turn));
  return turns[index]?.role === "divider" ? -1 : index;
}

function shortened(text) {
  return text.length > LONGEST_TOOL_TEXT ? `${text.slice(0, LONGEST_TOOL_TEXT)}…` : text;
}

function plain(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function echoes(turn, content) {
  return turn.finals[0].text.trim() === content.trim();
}

function append(list, id, text) {
  const at = list.findIndex((block) => block.id === id);
  if (at >= 0) return list.with(at, { id, text: list[at].text + text });
  const echo = list.length === 1 && list[0].id === "typed";
  return echo ? [{ id, text }] : [...list, { id, text }];
}

function begin(transcript, role, at, extra) {
  const speaker = role === "assistant" ? transcript.speaker : undefined;
  const turn = { ...BLANK, id: transcript.nextId, role, at, speaker, ...extra };
  return { ...transcript, nextId: transcript.nextId + 1, turns: [...transcript.turns, turn].slice(-MOST_TURNS) };
}

function change(transcript, index, edit) {
  return { ...transcript, turns: transcript.turns.with(index, edit(transcript.turns[index])) };
}

function stageOf(fields) {
  try {
    return JSON.parse(fields ?? "{}").generationStage ?? "FINAL";
  } catch {
    return "FINAL";
  }
}
