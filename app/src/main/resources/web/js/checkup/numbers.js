/** Statistics of a check of the connection, in milliseconds. Pure. */
const GOOD = 250;
const BEARABLE = 600;
const LATE_SHARE = 0.1;

/** The `p`-th percentile; undefined if there are no values. */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
}

/**
 * The statistics of sound sent to the echo.
 *
 * @param {{sent: number, late: number, trips: {ms: number, same: boolean}[]}} stretch `late`: the number of frames that this device sent late
 */
export function figures({ sent, late, trips }) {
  const times = trips.map(({ ms }) => ms);
  const [p50, p95, p99] = [50, 95, 99].map((p) => percentile(times, p));
  return { sent, answered: trips.length, changed: trips.filter(({ same }) => !same).length, p50, p95, p99, sure: late <= sent * LATE_SHARE };
}

/** The suitability for a conversation, by the same limits as the doctor's. @returns {"good" | "fair" | "bad"} */
export function grade({ sent, answered, changed, p99 }) {
  const lost = sent - answered;
  if (answered === 0 || changed > 0 || lost > sent / 4 || p99 > BEARABLE) return "bad";
  return p99 > GOOD || lost > sent / 20 ? "fair" : "good";
}

/** "24 ms", "1.3 s"; never negative, whatever a clock did. */
export function span(duration) {
  const milliseconds = Math.max(0, duration);
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
