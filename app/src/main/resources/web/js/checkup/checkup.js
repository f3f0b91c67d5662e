import { findEndpoint, loadClient } from "../net/client-script.js";
import { PROBES } from "./probes.js";

/** The time limit of the whole check. */
const LIMIT = 20_000;

/**
 * Checks the connection from this browser to the server once, and notifies its listener: `onStep(id)` when a probe begins, `onStep(id, facts)`
 * when it has ended, `onEnd(seen)` with all facts by id. A probe that was not tried has the facts `{skipped: "needs" | "time"}`.
 */
export class Checkup {
  #listener;
  #probes;
  #limit;
  #client;
  #endpoint;
  #stop = new AbortController();

  /**
   * `client` loads the endpoint and the client: `{endpoint, io}`. `endpoint` is given for a server of another origin:
   * `{origin, path, query, credentials}`.
   */
  constructor(listener, { probes = PROBES, limit = LIMIT, client = offered, endpoint } = {}) {
    this.#listener = listener;
    this.#probes = probes;
    this.#limit = limit;
    this.#client = client;
    this.#endpoint = endpoint;
  }

  /** Ends a running check; its listener is no longer called. */
  cancel() {
    this.#listener = { onStep() {}, onEnd() {} };
    this.#stop.abort(new Error("the check was ended"));
  }

  async run() {
    const timer = setTimeout(() => this.#stop.abort(new Error("the time limit of the check was reached")), this.#limit);
    const visit = { lines: {}, endpoint: this.#endpoint };
    const seen = {};
    let hidden = document.hidden;
    const hide = () => (hidden ||= document.hidden);
    document.addEventListener("visibilitychange", hide);
    for (const probe of this.#probes) {
      const skipped = this.#stop.signal.aborted ? "time" : probe.needs && !seen[probe.needs]?.ok ? "needs" : undefined;
      if (!skipped) this.#listener.onStep(probe.id);
      seen[probe.id] = skipped ? { ok: false, skipped } : await this.#look(probe, visit);
      this.#listener.onStep(probe.id, seen[probe.id]);
    }
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", hide);
    for (const line of Object.values(visit.lines)) line.close();
    this.#listener.onEnd({ ...seen, hidden });
  }

  /** Runs one probe, and ends it at its time limit. */
  async #look(probe, visit) {
    const own = new AbortController();
    const timer = setTimeout(() => own.abort(new Error(`no response within ${probe.limit / 1_000} seconds`)), probe.limit);
    const stop = () => own.abort(this.#stop.signal.reason);
    this.#stop.signal.addEventListener("abort", stop);
    try {
      return await Promise.race([this.#prepared(probe, visit, own.signal), ended(own.signal)]);
    } catch (error) {
      return { ok: false, why: error.message };
    } finally {
      clearTimeout(timer);
      this.#stop.signal.removeEventListener("abort", stop);
    }
  }

  /** Loads the client from the server; only probes that connect need it. */
  async #prepared(probe, visit, signal) {
    if (probe.needs && !visit.io) Object.assign(visit, await this.#client());
    return probe.look({ ...visit, signal });
  }
}

async function offered() {
  const endpoint = await findEndpoint();
  return { endpoint, io: await loadClient(endpoint) };
}

/** Rejects once the signal is aborted, after its other listeners were called. */
function ended(signal) {
  return new Promise((_, reject) => signal.addEventListener("abort", () => setTimeout(() => reject(signal.reason), 50)));
}
