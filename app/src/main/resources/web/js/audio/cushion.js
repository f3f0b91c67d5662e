/**
 * The amount of audio to buffer before a reply is played: small on a good connection, larger after each audible gap,
 * then slowly smaller. Pure; times in milliseconds.
 */
export class Cushion {
  static FLOOR = 60;
  static CEILING = 300;
  static #GROWTH = 1.6;
  static #SHRINK = 0.85;
  static #CALM = 20_000;

  #floor;
  #ceiling;
  #current;
  #calm = 0;

  constructor({ floor = Cushion.FLOOR, ceiling = Cushion.CEILING } = {}) {
    this.#floor = floor;
    this.#ceiling = ceiling;
    this.#current = floor;
  }

  get milliseconds() {
    return this.#current;
  }

  /** The transport changed: over polling audio arrives once per round trip, so both limits are higher. */
  limits(floor, ceiling) {
    const grown = this.#current / this.#floor;
    this.#floor = floor;
    this.#ceiling = ceiling;
    this.#current = Math.min(ceiling, floor * grown);
  }

  /** The buffer ran dry in the middle of a reply. */
  underrun() {
    this.#current = Math.min(this.#ceiling, this.#current * Cushion.#GROWTH);
    this.#calm = 0;
  }

  /** This much was played without a gap. */
  played(milliseconds) {
    this.#calm += milliseconds;
    if (this.#calm < Cushion.#CALM) return;
    this.#calm = 0;
    this.#current = Math.max(this.#floor, this.#current * Cushion.#SHRINK);
  }
}
