import { isLive } from "../talk/phase.js";
import { detailsOf, qualityOf } from "../net/quality.js";
import { Pulse } from "../net/pulse.js";
import { element } from "./element.js";

/** Says how good the connection is; on hover, focus or a tap also how it is made. */
export class TransportView {
  #chip = element("transport");
  #name = element("transport-name");
  #details = element("transport-details");
  #conversation;
  #pulse = new Pulse(() => this.#draw());

  constructor() {
    for (const event of ["online", "offline"]) addEventListener(event, () => this.#draw());
    // The details cover what is below them.
    this.#chip.addEventListener("keydown", ({ key }) => key === "Escape" && this.#chip.blur());
  }

  show(conversation) {
    this.#conversation = conversation;
    this.#pulse.follow(conversation.connection.connected);
    this.#draw();
  }

  #draw() {
    const { phase, connection, retry, voice } = this.#conversation;
    const { roundTrip, waiting } = this.#pulse;
    const { connected, transport, upgradedAfter } = connection;
    const losing = voice.line.troubled;
    const online = navigator.onLine && !(isLive(phase) && voice.line.hint);
    const { quality, text } = qualityOf({ phase, connected, online, attempt: retry?.attempt ?? 0, roundTrip, waiting, losing });
    this.#chip.dataset.quality = quality;
    tell(this.#name, text);
    tell(this.#details, detailsOf({ transport, upgradedAfter, roundTrip }));
  }
}

function tell(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
