import { access } from "../net/access.js";
import { element } from "./element.js";
import { preferences, remember } from "./preferences.js";
import { speakerOf } from "./speaker-name.js";

/** The selection of the server's personas, and whether the user's own prompt replaces it. Hidden if there is only one or none. */
export class PersonaPicker {
  #select = element("persona");
  #note = element("persona-note");
  #override = element("persona-override");
  #overrideText = element("persona-override-text");
  #personas = [];

  /** @param {{onDiscard: () => void}} actions */
  constructor({ onDiscard }) {
    element("discard-prompt").addEventListener("click", () => {
      onDiscard();
      this.#select.focus();
    });
    this.#show();
    this.#select.addEventListener("change", () => {
      remember({ persona: this.#select.value });
      this.#describe();
    });
  }

  /** Requests the personas; a server without this endpoint has only one. */
  async load() {
    try {
      const answer = await fetch("/api/personas", { headers: access.headers, signal: AbortSignal.timeout(10_000) });
      this.#personas = answer.ok ? (await answer.json()).personas : [];
    } catch (error) {
      console.info(`[parley] personas unavailable: ${error.message}`);
    }
    this.#select.replaceChildren(...this.#personas.map(({ id, name }) => new Option(name, id)));
    this.#select.value = preferences().persona;
    if (this.#select.selectedIndex < 0) this.#select.selectedIndex = 0;
    this.#show();
  }

  /** Keeps to the server's persona, which this visitor may not change. */
  forbid() {
    this.#personas = this.#personas.slice(0, 1);
    this.#select.selectedIndex = 0;
    this.#show();
  }

  /** The persona to request at the start; undefined for the server's choice. */
  get personaId() {
    return this.#select.selectedIndex > 0 ? this.#select.value : undefined;
  }

  /** The name under which the chosen persona speaks; undefined if it has none, or the user's prompt replaces it. */
  get speaker() {
    return overridden() ? undefined : speakerOf(this.#personas[Math.max(0, this.#select.selectedIndex)]);
  }

  /** The user's prompt has changed. */
  promptChanged() {
    this.#describe();
  }

  #show() {
    const choice = this.#choice;
    for (const part of [this.#select, this.#note, this.#select.labels[0]]) part.hidden = !choice;
    this.#describe();
  }

  get #choice() {
    return this.#personas.length > 1;
  }

  #describe() {
    const { name, description } = this.#personas[this.#select.selectedIndex] ?? {};
    this.#note.textContent = `${description ?? ""} Takes effect with the next conversation.`.trim();
    const replaced = this.#choice && overridden();
    this.#override.hidden = !replaced;
    this.#overrideText.textContent = replaced ? `Not in use: your own prompt below replaces “${name}”.` : "";
  }
}

function overridden() {
  return preferences().prompt.trim() !== "";
}
