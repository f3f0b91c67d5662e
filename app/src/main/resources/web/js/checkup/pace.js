const FRAME_BYTES = 1_024;
const LATE = 100;

/** A frame as large as one of the microphone's, with every value a byte can have; the first says which it is. */
export function frame(number) {
  return Uint8Array.from({ length: FRAME_BYTES }, (_, at) => (at === 0 ? number : at) % 256);
}

/**
 * Sends frames at the pace of speech and waits for their echoes.
 *
 * @param {(frame: Uint8Array) => Promise<ArrayBuffer | Uint8Array>} ask
 * @param {{frames: number, every: number, patience: number, signal: AbortSignal, clock?: () => number}} way `patience`: after the last one;
 *   `signal` ends it early
 * @returns what `figures` takes
 */
export async function pace(ask, { frames, every, patience, signal, clock = () => performance.now() }) {
  const begun = clock();
  const trips = [];
  const asked = [];
  let late = 0;
  for (let number = 0; number < frames && !signal.aborted; number++) {
    const due = begun + number * every;
    if (due > clock()) await pause(due - clock(), signal);
    if (clock() - due > LATE) late++;
    asked.push(trip(number));
  }
  await Promise.race([Promise.all(asked), pause(patience, signal)]);
  return { sent: asked.length, late, trips: [...trips] };

  async function trip(number) {
    const from = clock();
    const sent = frame(number);
    try {
      const back = new Uint8Array(await ask(sent));
      trips.push({ ms: clock() - from, same: back.length === sent.length && back.every((byte, at) => byte === sent[at]) });
    } catch {
      // Counted by its absence.
    }
  }
}

/** Resolves after a time, or at once when the signal ends it. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
