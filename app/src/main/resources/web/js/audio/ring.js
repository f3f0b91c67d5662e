/** A queue of samples that grows up to a limit and then rejects samples; reading never blocks. Pure. */
export class Ring {
  #samples;
  #limit;
  #head = 0;
  #size = 0;

  /** @param {number} limit maximum number of samples */
  constructor(limit) {
    this.#limit = limit;
    this.#samples = new Float32Array(Math.min(limit, 1 << 16));
  }

  get size() {
    return this.#size;
  }

  /** Adds as many samples as fit and returns the number of the others. */
  write(input) {
    const accepted = Math.min(input.length, this.#limit - this.#size);
    this.#grow(this.#size + accepted);
    const capacity = this.#samples.length;
    const tail = (this.#head + this.#size) % capacity;
    const first = Math.min(accepted, capacity - tail);
    this.#samples.set(input.subarray(0, first), tail);
    this.#samples.set(input.subarray(first, accepted), 0);
    this.#size += accepted;
    return input.length - accepted;
  }

  /** Moves up to `target.length` samples into the target and returns their number. */
  read(target) {
    const count = Math.min(target.length, this.#size);
    const capacity = this.#samples.length;
    const first = Math.min(count, capacity - this.#head);
    target.set(this.#samples.subarray(this.#head, this.#head + first), 0);
    target.set(this.#samples.subarray(0, count - first), first);
    this.#head = (this.#head + count) % capacity;
    this.#size -= count;
    return count;
  }

  /** Leaves only the first `keep` samples. */
  truncate(keep) {
    this.#size = Math.min(this.#size, keep);
  }

  #grow(needed) {
    if (needed <= this.#samples.length) return;
    const larger = new Float32Array(Math.min(this.#limit, Math.max(needed, this.#samples.length * 2)));
    const kept = this.#size;
    this.read(larger.subarray(0, kept));
    this.#samples = larger;
    this.#head = 0;
    this.#size = kept;
  }
}
