import { element } from "./element.js";

/** One message to the person, until they dismiss it or it is replaced; one of an error offers the check of the connection. */
export class NoticeView {
  #box = element("notice");
  #text = element("notice-text");
  #checkup = element("notice-checkup");

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
    this.#checkup.hidden = kind !== "error";
  }
}
