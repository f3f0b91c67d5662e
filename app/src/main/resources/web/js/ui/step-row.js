import { make } from "./element.js";

const STATES = { running: "Under way", good: "Good", note: "Worth knowing", bad: "Trouble", skipped: "Not tried" };

/** A step on the page. Its state is a word for screen readers, and a colour and a mark on the screen. */
export function row(title) {
  const item = make("li", "checkup-step");
  const state = make("span", "visually-hidden", "");
  const text = make("span", "checkup-text", "");
  item.append(make("span", "checkup-mark"), make("span", "checkup-title", title), state, text);
  return {
    item,
    show(name, words) {
      item.dataset.state = name;
      state.textContent = `${STATES[name]}: `;
      text.textContent = words;
    },
  };
}
