import { element } from "./element.js";

const TELL_EVERY = 500;

/** The two level meters and the halo around the talk button, drawn at most once a frame. */
export class LevelsView {
  #stage = document.querySelector(".stage");
  #meters = [element("microphone-meter"), element("speaker-meter")];
  #levels = [0, 0];
  #scheduled = false;
  #toldAt = 0;

  show(microphone, speaker) {
    this.#levels = [microphone, speaker];
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now) {
    this.#scheduled = false;
    const [microphone, speaker] = this.#levels;
    this.#stage.style.setProperty("--you", microphone.toFixed(3));
    this.#stage.style.setProperty("--parley", speaker.toFixed(3));
    if (now - this.#toldAt < TELL_EVERY && microphone + speaker > 0) return;
    this.#toldAt = now;
    this.#meters.forEach((meter, i) => meter.setAttribute("aria-valuenow", String(Math.round(this.#levels[i] * 100))));
  }
}
