import { element } from "./element.js";

const NAMES = { polling: "Polling", websocket: "WebSocket", webtransport: "WebTransport" };

/** Shows the transport in use, and when it was upgraded. */
export class TransportView {
  #chip = element("transport");
  #name = element("transport-name");
  #note = element("transport-note");

  show({ transport, upgradedAt, connectedAt }) {
    this.#chip.dataset.transport = transport ?? "none";
    this.#name.textContent = transport ? (NAMES[transport] ?? transport) : "Not connected";
    this.#note.replaceChildren(...(upgradedAt ? [label("upgraded"), ` after ${span(upgradedAt - connectedAt)}`] : []));
    this.#chip.title = upgradedAt ? `Upgraded from polling at ${new Date(upgradedAt).toLocaleTimeString()}` : "";
  }
}

/** A word that narrow screens hide, except from screen readers. */
function label(text) {
  const word = document.createElement("span");
  word.className = "label";
  word.textContent = text;
  return word;
}

function span(milliseconds) {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
