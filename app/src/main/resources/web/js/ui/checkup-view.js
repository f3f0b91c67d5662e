import { Checkup } from "../checkup/checkup.js";
import { PROBES } from "../checkup/probes.js";
import { reportText } from "../checkup/report.js";
import { verdict } from "../checkup/verdict.js";
import { inWords } from "../checkup/words.js";
import { element, make } from "./element.js";
import { row } from "./step-row.js";
import { saveText, stamp } from "./text-file.js";

/** The dialog "Check my connection": the state of each step, the result in a sentence, and the text for support. */
export class CheckupView {
  #dialog = element("checkup");
  #steps = element("checkup-steps");
  #verdict = element("checkup-verdict");
  #copy = element("checkup-copy");
  #save = element("checkup-save");
  #again = element("checkup-again");
  #rows = new Map();
  #checkup;
  #text = "";

  constructor() {
    for (const button of document.querySelectorAll(".open-checkup")) button.addEventListener("click", () => this.#open());
    this.#again.addEventListener("click", () => this.#start());
    this.#copy.addEventListener("click", () => this.#copyText());
    this.#save.addEventListener("click", () => saveText(`parley-check-${stamp(new Date())}.txt`, this.#text));
    this.#dialog.addEventListener("close", () => this.#checkup?.cancel());
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  #open() {
    this.#dialog.showModal();
    this.#start();
  }

  #start() {
    this.#checkup?.cancel();
    this.#rows = new Map(PROBES.map(({ id, title }) => [id, row(title)]));
    this.#steps.replaceChildren(...[...this.#rows.values()].map(({ item }) => item));
    this.#judge("running", "Checking…", "About ten seconds, twenty at most. Your microphone stays off.");
    this.#finished(false);
    this.#checkup = new Checkup({ onStep: (id, facts) => this.#step(id, facts), onEnd: (seen) => this.#end(seen) });
    this.#checkup.run();
  }

  #step(id, facts) {
    const { state, text } = facts ? inWords(id, facts) : { state: "running", text: "…" };
    this.#rows.get(id).show(state, text);
  }

  #end(seen) {
    const { grade, sentence, advice } = verdict(seen);
    this.#text = reportText(seen, about());
    this.#judge(grade, sentence, `What to do: ${advice}`);
    this.#finished(true);
    // Screen readers ignore the page's live region behind a dialog, but read the focused element.
    this.#verdict.focus();
  }

  #judge(grade, sentence, advice) {
    this.#verdict.dataset.grade = grade;
    this.#verdict.replaceChildren(make("p", "checkup-sentence", sentence), make("p", "checkup-advice", advice));
  }

  #finished(done) {
    for (const button of [this.#copy, this.#save, this.#again]) button.disabled = !done;
    this.#copy.textContent = "Copy as text";
  }

  async #copyText() {
    try {
      await navigator.clipboard.writeText(this.#text);
      this.#copy.textContent = "Copied";
    } catch {
      this.#copy.textContent = "Cannot copy: use Download";
    }
  }
}

function about() {
  const { effectiveType, rtt } = navigator.connection ?? {};
  return {
    origin: location.origin,
    agent: navigator.userAgent,
    network: effectiveType && `like ${effectiveType}, ${rtt} ms, as estimated by the browser`,
    at: new Date(),
  };
}
