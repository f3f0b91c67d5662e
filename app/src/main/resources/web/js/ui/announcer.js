import { element } from "./element.js";

/**
 * The page's only live region. It announces messages and changes of state that are not audible. It does not announce
 * turns: the assistant's voice is audible anyway, and the speech of a screen reader would count as an interruption.
 */
export class Announcer {
  #region = element("announcer");
  #phase = "idle";
  #listened = false;
  #condition;

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

  /** @param {{hint: string, mend: string} | undefined} condition of the sound, undefined if it works  @param {boolean} live whether that is news */
  conditionIs(condition, live) {
    if (condition === this.#condition) return;
    this.#condition = condition;
    if (live) this.say(condition ? `${condition.hint} Button: ${condition.mend}` : "The sound works again");
  }
}
