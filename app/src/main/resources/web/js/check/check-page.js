import { Checkup } from "../checkup/checkup.js";
import { reportText } from "../checkup/report.js";
import { findEndpoint, loadClient } from "../net/client-script.js";
import { element, make } from "../ui/element.js";
import { row } from "../ui/step-row.js";
import { saveText, stamp } from "../ui/text-file.js";
import { browserCauses } from "./causes.js";
import { describe, judge } from "./judgement.js";
import { OTHER_PROBES, patientProbes } from "./other-probes.js";
import { fragmentOf, readFragment } from "./result-link.js";
import { readAddress } from "./server-address.js";

const LIMIT = 20_000;
const MOST_PATIENT = 20;

/**
 * The page that checks a Socket.IO server of any origin from this browser. It begins only when its user presses the button, whatever the link
 * says that opened it; a result in the link is shown as one that was made elsewhere.
 */
class CheckPage {
  #root = element("check");
  #address = element("check-address");
  #button = element("check-begin");
  #complaint = element("check-complaint");
  #result = element("check-result");
  #origin = element("check-origin");
  #verdict = element("check-verdict");
  #steps = element("check-steps");
  #causes = element("check-causes");
  #copyLink = element("check-link");
  #copy = element("check-copy");
  #save = element("check-save");
  #rows = new Map();
  #checkup;
  #shown;

  constructor() {
    this.#address.value = this.#root.dataset.server ?? "";
    element("check-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin();
    });
    this.#copyLink.addEventListener("click", () => this.#toClipboard(this.#copyLink, this.#link(), "Copy link"));
    this.#copy.addEventListener("click", () => this.#toClipboard(this.#copy, this.#text(), "Copy as text"));
    this.#save.addEventListener("click", () => saveText(`socket-io-check-${stamp(new Date())}.txt`, this.#text()));
    addEventListener("hashchange", () => this.#open());
    this.#open();
  }

  #open() {
    const result = readFragment(location.hash);
    if (result === undefined) return;
    this.#checkup?.cancel();
    this.#button.disabled = false;
    this.#complain(result === null ? "The link does not hold a result that can be read: it is damaged, or of another version." : "");
    this.#result.hidden = result === null;
    if (result === null) return;
    this.#address.value = result.server;
    this.#layOut();
    this.#origin.textContent = `This result came with the link: made ${result.at.toLocaleString()} on a page of ${result.page === "null" ? "a file" : result.page} for ${result.server}. Nothing was checked now.`;
    for (const { id } of OTHER_PROBES) this.#step(id, result.seen[id]);
    this.#finish(result);
  }

  #begin() {
    let endpoint;
    try {
      endpoint = { ...readAddress(this.#address.value, location.protocol), patience: patience() };
    } catch ({ message }) {
      return this.#complain(message);
    }
    this.#complain("");
    this.#checkup?.cancel();
    history.replaceState(null, "", location.pathname + location.search);
    this.#result.hidden = false;
    this.#button.disabled = true;
    this.#layOut();
    this.#origin.textContent = `Checking ${endpoint.origin}${endpoint.path} from this browser.`;
    this.#judge("running", "Checking…", `About ten seconds, ${(LIMIT / 1_000) * endpoint.patience} at most.`);
    const about = { server: endpoint.origin, page: location.origin, agent: navigator.userAgent };
    const listener = {
      onStep: (id, facts) => this.#step(id, facts),
      onEnd: (seen) => {
        this.#button.disabled = false;
        this.#origin.textContent = `Checked ${endpoint.origin}${endpoint.path} from this browser.`;
        this.#finish({ ...about, at: new Date(), seen });
        this.#verdict.focus();
      },
    };
    this.#checkup = new Checkup(listener, { probes: patientProbes(endpoint.patience), limit: LIMIT * endpoint.patience, endpoint, client: async () => ({ io: await client() }) });
    this.#checkup.run();
  }

  #layOut() {
    this.#rows = new Map(OTHER_PROBES.map(({ id, title }) => [id, row(title)]));
    this.#steps.replaceChildren(...[...this.#rows.values()].map(({ item }) => item));
    this.#causes.replaceChildren();
    for (const button of [this.#copyLink, this.#copy, this.#save]) button.disabled = true;
  }

  #step(id, facts) {
    // Sound is of interest for a server that sends an echo.
    this.#rows.get(id).item.hidden = facts?.unmeasured === true || (id.endsWith("Sound") && facts?.skipped === "needs");
    const { state, text } = facts ? describe(id, facts) : { state: "running", text: "…" };
    this.#rows.get(id).show(state, text);
  }

  #finish(result) {
    this.#shown = result;
    const { grade, sentence, advice } = judge(result.seen, result);
    this.#judge(grade, sentence, `What to do: ${advice}`);
    const causes = browserCauses(result.seen, result);
    this.#causes.replaceChildren(...causes.map(({ name, certain, text, fix }) => {
      const item = make("li", "check-cause");
      item.append(make("span", "check-certainty", certain ? "Certain" : "Possible"), make("code", "", name), make("p", "", `${text}.`), make("p", "check-fix", fix));
      return item;
    }));
    element("check-causes-heading").hidden = causes.length === 0;
    for (const button of [this.#copyLink, this.#copy, this.#save]) button.disabled = false;
  }

  #judge(grade, sentence, advice) {
    this.#verdict.dataset.grade = grade;
    this.#verdict.replaceChildren(make("p", "checkup-sentence", sentence), make("p", "checkup-advice", advice));
  }

  #complain(sentence) {
    this.#complaint.textContent = sentence;
    this.#complaint.hidden = sentence === "";
  }

  #link() {
    return location.href.replace(/[?#].*$/, "") + fragmentOf(this.#shown);
  }

  #text() {
    const { seen, server, agent, at } = this.#shown;
    return reportText(seen, { origin: server, agent, at }, { probes: OTHER_PROBES, judge: () => judge(seen, this.#shown), describe });
  }

  async #toClipboard(button, text, label) {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Cannot copy";
    }
    setTimeout(() => (button.textContent = label), 3_000);
  }
}

/** How many times the usual limits a check may take: `patience` in the query of the page. */
function patience() {
  const asked = Number(new URLSearchParams(location.search).get("patience"));
  return Math.min(MOST_PATIENT, Math.max(1, asked || 1));
}

/** The client of Socket.IO: part of the script when the page stands alone, else that of the server which serves the page. */
async function client() {
  return globalThis.io ?? loadClient(await findEndpoint());
}

new CheckPage();
