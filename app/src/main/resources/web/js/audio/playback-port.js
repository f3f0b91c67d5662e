import { rmsOf, toInt16 } from "./pcm.js";
import { Playout } from "./playout.js";

const RECORD_BLOCK = 4096;
const REPORT_SECONDS = 0.03;

/**
 * The messages around a Playout. In: `{samples}`, `{end}`, `{flush}`, `{limits: [floor, ceiling]}`, `{close}`.
 * Out: `{playing, rms, bufferedMs, cushionMs, underruns, taken}` about every 30 ms and whenever playing starts or stops, `taken` being
 * the number of received pieces, and `{recorded: Int16Array}` if recording is on.
 */
export class PlaybackPort {
  #playout;
  #post;
  #reportEvery;
  #sinceReport = 0;
  #energy = 0;
  #wasPlaying = false;
  #taken = 0;
  #tape;
  #taped = 0;

  closed = false;

  constructor(rate, record, post) {
    this.#playout = new Playout(rate);
    this.#reportEvery = Math.round(rate * REPORT_SECONDS);
    this.#post = post;
    this.#tape = record ? new Float32Array(RECORD_BLOCK) : undefined;
  }

  receive(message) {
    if (message.samples) this.#take(message.samples);
    if (message.end) this.#playout.end();
    if (message.flush) this.#playout.flush();
    if (message.limits) this.#playout.limits(...message.limits);
    if (message.close) this.closed = true;
  }

  pull(output) {
    this.#playout.pull(output);
    if (this.#tape) this.#record(output);
    this.#energy = Math.max(this.#energy, rmsOf(output));
    this.#sinceReport += output.length;
    const turned = this.#playout.playing !== this.#wasPlaying;
    if (turned || this.#sinceReport >= this.#reportEvery) this.#report();
  }

  #take(samples) {
    this.#taken++;
    this.#playout.push(samples);
  }

  #report() {
    const { playing, bufferedMs, cushionMs, underruns } = this.#playout;
    this.#post({ playing, bufferedMs, cushionMs, underruns, taken: this.#taken, rms: this.#energy }, []);
    this.#wasPlaying = playing;
    this.#sinceReport = 0;
    this.#energy = 0;
  }

  #record(output) {
    for (let i = 0; i < output.length; i++) {
      this.#tape[this.#taped++] = output[i];
      if (this.#taped === RECORD_BLOCK) {
        const recorded = toInt16(this.#tape);
        this.#taped = 0;
        this.#post({ recorded }, [recorded.buffer]);
      }
    }
  }
}
