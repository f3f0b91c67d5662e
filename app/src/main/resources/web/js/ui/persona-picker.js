import { element } from "./element.js";
import { preferences, remember } from "./preferences.js";

/** Whom to talk to, of those the server offers. With one or none there is nothing to choose. */
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

  /** Asks the server who there is; one that does not know the question has nobody else. */
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

  /** The persona to ask for at a start: undefined when the server shall choose. */
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
