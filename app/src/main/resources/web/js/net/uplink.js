const MOST_WAITING = 16;
const MOST_IN_ENGINE = 96;
const PACKETS_PER_FRAME = 2;
const FRAME_BYTES = 1024;
const TROUBLE_FRAMES = 10;
const TROUBLE_WINDOW = 5_000;

/**
 * The queue from the microphone to the server, limited to about two seconds. Over polling, one POST is sent at a time
 * and the rest queues in the engine; beyond a limit frames wait here, and the oldest are dropped, because recent speech
 * is worth more. Pure, apart from the given `send`.
 */
export class Uplink {
  #send;
  #waitingInEngine;
  #clock;
  #queue = [];
  #drops = [];

  dropped = 0;

  /**
   * @param {(pcm: ArrayBuffer) => void} send
   * @param {() => number} waitingInEngine packets not yet handed to the network
   * @param {() => number} clock milliseconds
   */
  constructor(send, waitingInEngine, clock) {
    this.#send = send;
    this.#waitingInEngine = waitingInEngine;
    this.#clock = clock;
  }

  /** Accepts a frame; with `early` (the conversation is not open yet) dropping the oldest does not count as loss. */
  push(pcm, early = false) {
    this.#queue.push(pcm);
    while (this.#queue.length > MOST_WAITING) {
      this.#queue.shift();
      if (!early) this.#noteDrop();
    }
  }

  /** Sends as many frames as the engine has space for. */
  pump() {
    while (this.#queue.length > 0 && this.#waitingInEngine() + PACKETS_PER_FRAME <= MOST_IN_ENGINE) {
      this.#send(this.#queue.shift());
    }
  }

  clear() {
    this.#queue.length = 0;
    this.#drops.length = 0;
  }

  /** Whether speech was lost repeatedly in the last seconds. */
  get troubled() {
    const since = this.#clock() - TROUBLE_WINDOW;
    while (this.#drops.length > 0 && this.#drops[0] < since) this.#drops.shift();
    return this.#drops.length >= TROUBLE_FRAMES;
  }

  #noteDrop() {
    this.dropped++;
    this.#drops.push(this.#clock());
    if (this.#drops.length > 10 * TROUBLE_FRAMES) this.#drops.shift();
  }
}

/** The number of waiting packets of an engine.io-client socket: in its own buffer, or not yet sent by the WebSocket. */
export function packetsWaiting(engine) {
  if (!engine) return Infinity;
  const inSocket = (engine.transport?.ws?.bufferedAmount ?? 0) / (FRAME_BYTES / PACKETS_PER_FRAME);
  return Math.max(engine.writeBuffer.length, inSocket);
}
