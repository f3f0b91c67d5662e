const MOST_IDS = 128;

/**
 * Decides whether to play audio: after an interruption, chunks of blocks that were opened before it are dropped. Pure.
 */
export class ReplyGate {
  #open = new Set();
  #stale = new Set();

  opened(contentId) {
    if (contentId === undefined || this.#stale.has(contentId)) return;
    this.#open.add(contentId);
    trim(this.#open);
  }

  /** Returns whether a chunk of this block may be played. A block never announced counts as opened by its first chunk. */
  admits(contentId) {
    if (this.#stale.has(contentId)) return false;
    this.opened(contentId);
    return true;
  }

  interrupted() {
    for (const id of this.#open) this.#stale.add(id);
    this.#open.clear();
    trim(this.#stale);
  }

  clear() {
    this.#open.clear();
    this.#stale.clear();
  }
}

function trim(ids) {
  for (const id of ids) {
    if (ids.size <= MOST_IDS) return;
    ids.delete(id);
  }
}
