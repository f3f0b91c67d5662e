const ASK_EVERY = 5_000;
const PATIENCE = 10_000;
const KEPT = 5;

/** A request that is not answered for so long makes the connection slow, in milliseconds. */
export const LATE = 1_000;

/**
 * Measures, while it follows a connection, the round trip of a small request to the server every five seconds. It asks by HTTP, which every
 * server answers and no conversation notices. Calls `onChange()` when there is something new to know.
 */
export class Pulse {
  #onChange;
  #ask;
  #clock;
  #times = [];
  #unansweredSince;
  #following = false;
  #run = 0;
  #timer;

  /** @param {() => Promise<unknown>} [ask] resolves when the server has answered  @param {() => number} [clock] milliseconds */
  constructor(onChange, ask = askHealth, clock = () => performance.now()) {
    this.#onChange = onChange;
    this.#ask = ask;
    this.#clock = clock;
  }

  /** The lower median of the last five round trips in milliseconds; undefined if there is none. */
  get roundTrip() {
    const sorted = [...this.#times].sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length / 2) - 1];
  }

  /** For how long, in milliseconds, requests have not been answered; 0 if the last one was. */
  get waiting() {
    return this.#unansweredSince === undefined ? 0 : Math.max(0, this.#clock() - this.#unansweredSince);
  }

  /** Measures while `connected`; forgets what it knows when that ends. */
  follow(connected) {
    if (connected === this.#following) return;
    this.#following = connected;
    this.#run++;
    clearTimeout(this.#timer);
    this.#times = [];
    this.#unansweredSince = undefined;
    if (connected) this.#repeat(this.#run);
  }

  async #repeat(run) {
    const late = setTimeout(() => run === this.#run && this.#onChange(), LATE + 1);
    await this.measure();
    clearTimeout(late);
    if (run === this.#run) this.#timer = setTimeout(() => this.#repeat(run), ASK_EVERY);
  }

  /** Measures once; public for its tests. */
  async measure() {
    const run = this.#run;
    const from = this.#clock();
    this.#unansweredSince ??= from;
    const answered = await this.#ask().then(() => true, () => false);
    if (run !== this.#run) return;
    if (answered) {
      this.#unansweredSince = undefined;
      this.#times = [...this.#times, Math.max(0, this.#clock() - from)].slice(-KEPT);
    }
    this.#onChange();
  }
}

async function askHealth() {
  const answer = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  await answer.arrayBuffer();
}
