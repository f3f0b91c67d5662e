import { partsOf } from "../talk/transcript.js";
import { element, make } from "./element.js";
import { nameOf } from "./speaker-name.js";

const NEAR_THE_END = 80;

/** The turns, oldest first. Only changed turns are drawn again; the end stays visible unless the user scrolled up. */
export class TranscriptView {
  #scroll = element("scroll");
  #list = element("turns");
  #empty = element("empty");
  #shown = new Map();
  #following = true;

  constructor() {
    this.#scroll.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
      this.#following = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    });
    // A message above or a phone's keyboard below reduces the height.
    new ResizeObserver(() => this.#follow()).observe(this.#scroll);
  }

  show({ turns }) {
    this.#empty.hidden = turns.length > 0;
    let changed = false;
    this.#forgetAllBut(turns);
    turns.forEach((turn, i) => (changed = this.#showTurn(turn, i) || changed));
    if (changed) this.#follow();
  }

  #follow() {
    if (this.#following && this.#shown.size > 0) this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #showTurn(turn, position) {
    const known = this.#shown.get(turn.id);
    if (known?.turn === turn) return false;
    const item = known?.item ?? this.#list.insertBefore(document.createElement("li"), this.#list.children[position] ?? null);
    if (turn.role === "divider") drawDivider(item, turn);
    else draw(item, turn);
    this.#shown.set(turn.id, { turn, item });
    return true;
  }

  #forgetAllBut(turns) {
    const kept = new Set(turns.map(({ id }) => id));
    for (const [id, { item }] of this.#shown) {
      if (kept.has(id)) continue;
      item.remove();
      this.#shown.delete(id);
    }
  }
}

function drawDivider(item, { at }) {
  item.className = "divider";
  const time = make("time", "", new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = new Date(at).toISOString();
  const text = make("span", "", "New conversation, ");
  text.append(time);
  item.append(text);
}

/** Keeps the elements of tool calls that are already shown: open ones stay open, and a click in progress is not lost. */
function draw(item, turn) {
  const uses = [...item.querySelectorAll("details")];
  for (const part of [...item.children]) if (!uses.includes(part)) part.remove();
  item.className = `turn turn-${turn.role}`;
  item.prepend(make("span", "who", nameOf(turn)), ...saidIn(turn));
  turn.tools.forEach((tool, i) => {
    const use = uses[i] ?? item.appendChild(toolUse());
    showUse(use, tool);
  });
  const asides = asidesOf(turn);
  if (asides) item.append(make("span", "aside", asides));
}

function saidIn(turn) {
  const parts = partsOf(turn);
  if (parts.length === 0) return [];
  const said = make("p", "said");
  parts.forEach(({ text, planned }, i) => {
    said.append(make("span", planned ? "planned" : "spoken", i === 0 ? text : ` ${text}`));
  });
  return [said];
}

/** The arguments and the result of a tool call, shown when it is opened. */
function toolUse() {
  const use = make("details", "aside tool");
  use.append(make("summary", ""), make("pre", ""));
  return use;
}

function showUse({ firstElementChild: summary, lastElementChild: pre }, { name, asked, answered }) {
  const readable = name.replace(/^mcp__/, "").replaceAll(/_+/g, " ");
  tell(summary, answered === undefined ? `uses ${readable}…` : `used ${readable}`);
  tell(pre, answered === undefined ? asked : `${asked}\n→ ${answered}`);
}

function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function asidesOf(turn) {
  const typed = turn.typed ? ["typed"] : [];
  const interrupted = turn.interrupted ? ["interrupted"] : [];
  return [...typed, ...interrupted].join(" · ");
}
