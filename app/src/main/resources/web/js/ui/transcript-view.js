import { partsOf } from "../talk/transcript.js";
import { element, make } from "./element.js";

const NEAR_THE_END = 80;

/** The turns, oldest first. Only a turn that changed is drawn again, and the end stays in view unless one scrolled up. */
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
    // A message above, or a phone's keyboard below, takes room away.
    new ResizeObserver(() => this.#follow()).observe(this.#scroll);
  }

  show({ turns }) {
    this.#empty.hidden = turns.length > 0;
    let changed = false;
    for (const turn of turns) changed = this.#showTurn(turn) || changed;
    this.#forgetAllBut(turns);
    if (changed) this.#follow();
  }

  #follow() {
    if (this.#following && this.#shown.size > 0) this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #showTurn(turn) {
    const known = this.#shown.get(turn.id);
    if (known?.turn === turn) return false;
    const drawn = draw(turn);
    if (known) keepOpen(known.item, drawn);
    if (known) known.item.replaceWith(drawn);
    else this.#list.append(drawn);
    this.#shown.set(turn.id, { turn, item: drawn });
    return true;
  }

  #forgetAllBut(turns) {
    if (this.#shown.size === turns.length) return;
    const kept = new Set(turns.map(({ id }) => id));
    for (const [id, { item }] of this.#shown) {
      if (kept.has(id)) continue;
      item.remove();
      this.#shown.delete(id);
    }
  }
}

function draw(turn) {
  const item = make("li", `turn turn-${turn.role}`);
  item.append(make("span", "who", turn.role === "user" ? "You" : "Parley"));
  const parts = partsOf(turn);
  if (parts.length > 0) {
    const said = make("p", "said");
    parts.forEach(({ text, planned }, i) => {
      said.append(make("span", planned ? "planned" : "spoken", i === 0 ? text : ` ${text}`));
    });
    item.append(said);
  }
  item.append(...turn.tools.map(toolUse));
  const asides = asidesOf(turn);
  if (asides) item.append(make("span", "aside", asides));
  return item;
}

/** What a tool was asked and what it answered, for whoever opens it. */
function toolUse({ name, asked, answered }) {
  const use = make("details", "aside tool");
  const readable = name.replace(/^mcp__/, "").replaceAll(/_+/g, " ");
  use.append(make("summary", "", answered === undefined ? `uses ${readable}…` : `used ${readable}`));
  use.append(make("pre", "", answered === undefined ? asked : `${asked}\n→ ${answered}`));
  return use;
}

function keepOpen(before, after) {
  const uses = after.querySelectorAll("details");
  before.querySelectorAll("details").forEach((use, i) => {
    if (uses[i]) uses[i].open = use.open;
  });
}

function asidesOf(turn) {
  const typed = turn.typed ? ["typed"] : [];
  const interrupted = turn.interrupted ? ["interrupted"] : [];
  return [...typed, ...interrupted].join(" · ");
}
