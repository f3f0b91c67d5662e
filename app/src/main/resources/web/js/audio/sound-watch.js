/** How long a cause must last, in milliseconds, until it is told: all within three seconds, with the time between two looks. */
const TOLD_AFTER = { asleep: 700, stuck: 2_000, unplugged: 0, withheld: 1_000, stalled: 1_800, zeros: 2_000 };
const CONDITION = { asleep: "asleep", stuck: "asleep", unplugged: "unplugged", withheld: "withheld", stalled: "dead", zeros: "dead" };
/** A page that was busy looks late; what happened meanwhile still waits to be handled, so the time does not count. */
const LONGEST_STEP = 300;
/** A microphone that fell silent and came back so often by itself has no sound between words: its zeros mean nothing. */
const MOST_GAPS = 2;

/**
 * Decides from looks at the sound, a few a second, whether it works. Pure. A condition is "asleep" (the browser has stopped all sound),
 * "unplugged", "withheld" (the system or the browser gives the page no sound of the microphone), "dead" (it delivers nothing), or undefined.
 */
export class SoundWatch {
  #lasted = {};
  #before;
  #gaps = 0;

  condition;

  /** The microphone was replaced. */
  renewed() {
    this.#lasted = {};
    this.#before = undefined;
    this.#gaps = 0;
    this.condition = undefined;
  }

  /**
   * @param {number} now milliseconds
   * @param {{context: string, time: number, microphone?: {frames: number, sounded: number, muted: boolean, ended: boolean}}} seen
   *     `time`: the context's clock; `frames`: delivered so far, `sounded`: those that were not all zeros. Without `microphone`
   *     only the context is judged.
   */
  look(now, seen) {
    const before = this.#before ?? { now, seen };
    this.#before = { now, seen };
    const step = Math.max(0, Math.min(now - before.now, LONGEST_STEP));
    const causes = causesOf(before.seen, seen);
    if (causes.recovered && this.#lasted.zeros >= TOLD_AFTER.zeros) this.#gaps++;
    if (this.#gaps >= MOST_GAPS) causes.zeros = false;
    for (const cause of Object.keys(TOLD_AFTER)) this.#lasted[cause] = causes[cause] ? (this.#lasted[cause] ?? 0) + step : undefined;
    const told = Object.keys(TOLD_AFTER).find((cause) => this.#lasted[cause] >= TOLD_AFTER[cause]);
    this.condition = CONDITION[told];
    return this.condition;
  }
}

/** The causes that hold since the last look. A context that does not run explains why its microphone delivers nothing. */
function causesOf(before, { context, time, microphone }) {
  const asleep = context !== "running";
  const stuck = !asleep && time === before.time;
  if (!microphone) return { asleep, stuck };
  const { frames, sounded, muted, ended } = microphone;
  const was = before.microphone ?? microphone;
  const stalled = !asleep && !stuck && frames === was.frames;
  const recovered = sounded > was.sounded;
  return { asleep, stuck, unplugged: ended, withheld: muted, stalled, zeros: !asleep && !ended && !muted && !recovered, recovered };
}
