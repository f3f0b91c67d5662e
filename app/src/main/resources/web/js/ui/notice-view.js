import { element } from "./element.js";

/** One message to the person, until they dismiss it or it is replaced. */
export class NoticeView {
  #box = element("notice");
  #text = element("notice-text");

  constructor() {
    element("dismiss").addEventListener("click", () => {
      this.show("");
      element("talk").focus();
    });
  }

  /** @param {"info" | "warning" | "error"} kind */
  show(text, kind = "info") {
    this.#box.hidden = text === "";
    this.#box.dataset.kind = kind;
    this.#text.textContent = text;
  }
}
