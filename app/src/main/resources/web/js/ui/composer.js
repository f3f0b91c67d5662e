import { element } from "./element.js";

/** The line for typed messages, and the ideas of what to ask. */
export function composer(onText) {
  const input = element("message");
  element("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "") return;
    input.value = "";
    onText(text);
  });
  element("ideas").addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    onText(target.textContent);
    input.focus();
  });
}
