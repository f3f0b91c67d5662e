const FRAME_BYTES = 1_024;
const LATE = 100;

/** A frame of the size of a microphone frame, with all byte values; the first byte is its number. */
export function frame(number) {
  return Uint8Array.from({ length: FRAME_BYTES }, (_, at) => (at === 0 ? number : at) % 256);
}

/**
 * Sends frames in real time and waits for their echoes.
 *
 * @param {(frame: Uint8Array) => Promise<ArrayBuffer | Uint8Array>} ask
 * @param {{frames: number, every: number, timeout: number, signal: AbortSignal, clock?: () => number}} way `timeout`: wait after the last one;
 *   `signal` ends it early
 * @returns the argument of `figures`
 */
export async function pace(ask, { frames, every, timeout, signal, clock = () => performance.now() }) {
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
  await Promise.race([Promise.all(asked), pause(timeout, signal)]);
  return { sent: asked.length, late, trips: [...trips] };

  async function trip(number) {
    const from = clock();
    const sent = frame(number);
    try {
      const back = new Uint8Array(await ask(sent));
      trips.push({ ms: clock() - from, same: back.length === sent.length && back.every((byte, at) => byte === sent[at]) });
    } catch {
      // A missing echo counts as lost.
    }
  }
}

/** Resolves after a time, or at once if the signal is aborted. */
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
