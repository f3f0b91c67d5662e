import { CONDITIONS } from "../talk/hearing.js";
import { isActive, isLive, WORDS } from "../talk/phase.js";
import { KEPT } from "../talk/speech-line.js";
import { element } from "./element.js";

/** The talk button, the phase as text, the mute and end buttons, and the button that mends the sound. */
export class StageView {
  #title = element("phase");
  #hint = element("hint");
  #talk = element("talk");
  #label = element("talk-label");
  #mute = element("mute");
  #end = element("end");
  #trouble = element("trouble");
  #mend = element("mend");

  /** @param {{onTalk, onMute, onEnd, onMend}} actions */
  constructor({ onTalk, onMute, onEnd, onMend }) {
    this.#talk.addEventListener("click", onTalk);
    this.#mute.addEventListener("click", onMute);
    this.#end.addEventListener("click", onEnd);
    this.#mend.addEventListener("click", onMend);
  }

  /** @returns {string} the phase as text, for the announcer */
  show({ phase, retry, voice, place, hearing }) {
    const typing = isLive(phase) && !voice.hasMicrophone;
    const stops = isActive(phase) && !typing;
    const condition = CONDITIONS[hearing.condition];
    const { title, hint } = place > 0 && isLive(phase) ? inLine(place) : (condition ?? wordsFor(phase, retry, voice, typing));
    document.body.dataset.phase = phase;
    document.body.dataset.talk = stops ? "stop" : "talk";
    this.#title.textContent = title;
    this.#hint.textContent = hint;
    this.#label.textContent = stops ? "Stop" : "Talk";
    this.#talk.disabled = phase === "stopping";
    this.#mute.disabled = !voice.hasMicrophone;
    this.#mute.setAttribute("aria-pressed", String(voice.muted));
    this.#end.hidden = !typing;
    this.#trouble.hidden = !retry;
    this.#offer(condition?.mend);
    return title;
  }

  /** Shows the button that mends the sound; when it goes, it does not take the focus with it. */
  #offer(mend) {
    if (!mend && document.activeElement === this.#mend) this.#talk.focus();
    this.#mend.hidden = !mend;
    if (mend) this.#mend.textContent = mend;
  }
}

function inLine(place) {
  return { title: `Busy: you are number ${place}`, hint: "Stay here, the conversation begins by itself when it is your turn." };
}

/** The phase in words, when nothing is wrong with the sound. Pure. */
export function wordsFor(phase, retry, voice, typing) {
  const words = WORDS[phase];
  if (retry && (phase === "reconnecting" || phase === "connecting")) {
    return { title: words.title, hint: `The server does not respond. Attempt ${retry.attempt} of ${retry.of}.${voice.hasMicrophone && voice.line.keeps ? ` ${KEPT}` : ""}` };
  }
  if (typing && phase === "listening") {
    return { title: "Ready for typing", hint: "Type below, or press Talk to use the microphone." };
  }
  if (typing && phase === "speaking") return { title: words.title, hint: "Type below to go on." };
  const missing = voice.hasMicrophone && (isLive(phase) || phase === "reconnecting") ? voice.line.hint : "";
  if (missing) return { title: words.title, hint: missing };
  if (voice.line.troubled) return { title: words.title, hint: "The connection is slow: some of what you say is lost." };
  if (voice.muted && isLive(phase)) return { title: phase === "listening" ? "Not listening" : words.title, hint: "Your microphone is muted." };
  if (voice.halfDuplex && phase === "speaking") return { title: words.title, hint: "I listen again when I have finished." };
  return words;
}
