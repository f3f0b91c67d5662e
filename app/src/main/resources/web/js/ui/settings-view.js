import { access } from "../net/access.js";
import { element } from "./element.js";
import { preferences, remember } from "./preferences.js";

/** The server responds when its model is loaded, which takes some time after a start. */
const LONGEST_WAIT = 60_000;

/** The settings: voice, prompt, half duplex. */
export class SettingsView {
  #dialog = element("settings");
  #voice = element("voice");
  #prompt = element("prompt");
  #halfDuplex = element("half-duplex");

  #onPrompt;

  /** @param {{onVoice: (voiceId: string) => void, onHalfDuplex: (on: boolean) => void, onPrompt: () => void}} actions */
  constructor({ onVoice, onHalfDuplex, onPrompt }) {
    this.#onPrompt = onPrompt;
    this.#prompt.value = preferences().prompt;
    this.#halfDuplex.checked = preferences().halfDuplex;
    element("open-settings").addEventListener("click", () => this.#dialog.showModal());
    this.#voice.addEventListener("change", () => {
      remember({ voiceId: this.#voice.value });
      onVoice(this.#voice.value);
    });
    this.#prompt.addEventListener("input", () => this.#remember(this.#prompt.value));
    element("reset-prompt").addEventListener("click", () => {
      this.discardPrompt();
      this.#prompt.focus();
    });
    this.#halfDuplex.addEventListener("change", () => {
      remember({ halfDuplex: this.#halfDuplex.checked });
      onHalfDuplex(this.#halfDuplex.checked);
    });
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  /** Removes the voice and the prompt from the settings if the server does not let this visitor choose them. */
  allow(choices) {
    if (!choices.has("voice")) this.#remove(this.#voice, "voice-note");
    if (choices.has("prompt")) return;
    if (this.#prompt.value) this.discardPrompt();
    this.#remove(this.#prompt, "prompt-note");
    element("reset-prompt").hidden = true;
  }

  #remove(field, note) {
    for (const part of [field, field.labels[0], element(note)]) part.hidden = true;
  }

  discardPrompt() {
    this.#prompt.value = "";
    this.#remember("");
  }

  #remember(prompt) {
    remember({ prompt });
    this.#onPrompt();
  }

  set halfDuplex(on) {
    this.#halfDuplex.checked = on;
  }

  /** Requests the voices from the server; without a response only the standard voice is available. */
  async loadVoices() {
    try {
      const answer = await fetch("/api/voices", { headers: access.headers, signal: AbortSignal.timeout(LONGEST_WAIT) });
      const { model, voices } = await answer.json();
      this.#tellModel(model);
      for (const { id, label, language } of voices) {
        this.#voice.append(new Option(language ? `${label}, ${language}` : label, id));
      }
      this.#voice.value = preferences().voiceId;
      if (this.#voice.selectedIndex < 0) this.#voice.value = "";
    } catch (error) {
      console.info(`[parley] voices unavailable: ${error.message}`);
    }
  }

  /** Says where answers come from, unless they come from the server itself. */
  #tellModel(model) {
    const note = element("model-note");
    note.hidden = !model || model === "embedded";
    note.textContent = `Answers come from ${model}.`;
  }

  /** The name of a voice in the selection. */
  nameOf(voiceId) {
    return [...this.#voice.options].find(({ value }) => value === voiceId)?.text ?? voiceId;
  }

  /** The voice to request at the start; undefined for the server's choice. */
  get voiceId() {
    return this.#voice.value || undefined;
  }
}
