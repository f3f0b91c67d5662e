import { element } from "./element.js";

/**
 * The page's one live region. It says messages and the changes of state that a person cannot hear for themselves. It
 * keeps quiet about each turn of the talk: the assistant's voice is heard anyway, and a screen reader that spoke over
 * it would be taken for the person interrupting.
 */
export class Announcer {
  #region = element("announcer");
  #phase = "idle";
  #listened = false;

  say(text) {
    this.#region.textContent = text;
  }

  phaseIs(phase, title) {
    if (phase === this.#phase) return;
    this.#phase = phase;
    if (phase === "connecting" || phase === "reconnecting") this.#listened = false;
    const news = phase === "connecting" || phase === "reconnecting" || (phase === "listening" && !this.#listened);
    if (phase === "listening") this.#listened = true;
    if (news) this.say(title);
  }
}
