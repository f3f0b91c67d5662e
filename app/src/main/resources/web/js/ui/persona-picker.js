import { element } from "./element.js";
import { preferences, remember } from "./preferences.js";

/** The selection of the server's personas. Hidden if there is only one or none. */
export class PersonaPicker {
  #select = element("persona");
  #note = element("persona-note");
  #personas = [];

  constructor() {
    this.#show();
    this.#select.addEventListener("change", () => {
      remember({ persona: this.#select.value });
      this.#describe();
    });
  }

  /** Requests the personas; a server without this endpoint has only one. */
  async load() {
    try {
      const answer = await fetch("/api/personas", { signal: AbortSignal.timeout(10_000) });
      this.#personas = answer.ok ? (await answer.json()).personas : [];
    } catch (error) {
      console.info(`[parley] personas unavailable: ${error.message}`);
    }
    this.#select.replaceChildren(...this.#personas.map(({ id, name }) => new Option(name, id)));
    this.#select.value = preferences().persona;
    if (this.#select.selectedIndex < 0) this.#select.selectedIndex = 0;
    this.#show();
  }

  /** The persona to request at the start; undefined for the server's choice. */
  get personaId() {
    return this.#select.selectedIndex > 0 ? this.#select.value : undefined;
  }

  #show() {
    const choice = this.#personas.length > 1;
    for (const part of [this.#select, this.#note, this.#select.labels[0]]) part.hidden = !choice;
    this.#describe();
  }

  #describe() {
    const { description } = this.#personas[this.#select.selectedIndex] ?? {};
    this.#note.textContent = `${description ?? ""} Takes effect with the next conversation.`.trim();
  }
}
