import { percentile } from "./numbers.js";
import { pause } from "./pace.js";

const ASKED = 4;
const NOTED_WITHIN = 500;

/** Requests the server's health a few times; measures the time, the HTTP version, and the difference of the clocks. */
export async function reach({ signal }) {
  const times = [];
  let seen = {};
  for (let number = 0; number < ASKED; number++) {
    const address = new URL(`/health?checkup=${number}`, location.href).href;
    const note = noteOf(address);
    const [from, began] = [performance.now(), Date.now()];
    try {
      const answer = await fetch(address, { cache: "no-store", signal });
      const body = await answer.text();
      times.push(performance.now() - from);
      const clockOffMs = clockOff(body, (began + Date.now()) / 2);
      await Promise.race([note.found, pause(NOTED_WITHIN, signal)]);
      seen = { status: answer.status, protocol: note.protocol, clockOffMs };
    } catch (error) {
      return { ok: false, why: error.message };
    } finally {
      note.stop();
    }
  }
  const [firstMs, ...rest] = times;
  return { ok: seen.status < 500, ...seen, firstMs, medianMs: percentile(rest, 50) };
}

/** The protocol of the request to this address, such as "h2", or "" if the browser does not report it. */
function noteOf(address) {
  const note = { protocol: "" };
  note.found = new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName(address);
      if (!entry) return;
      note.protocol = entry.nextHopProtocol;
      resolve();
    });
    note.stop = () => observer.disconnect();
    observer.observe({ type: "resource" });
  });
  return note;
}

/** The offset of the server's clock from this one, or undefined if it is unknown. */
function clockOff(body, ours) {
  try {
    const theirs = Date.parse(JSON.parse(body).timestamp);
    return Number.isNaN(theirs) ? undefined : theirs - ours;
  } catch {
    return undefined;
  }
}
