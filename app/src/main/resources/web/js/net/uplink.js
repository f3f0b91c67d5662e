/** The frames that are kept until the server has confirmed them: 15 s. */
const MOST_KEPT = 469;
/** The frames that are kept for a server that confirms nothing: half a second. */
const MOST_WAITING = 16;
const MOST_IN_ENGINE = 96;
const PACKETS_PER_FRAME = 2;
const FRAME_BYTES = 1024;
const TROUBLE_FRAMES = 10;
const TROUBLE_WINDOW = 5_000;
/** The age from which a frame that is sent counts as replayed, and from which a frame that is not confirmed counts as late. */
const OLD = 1_000;
const LATE = 2_000;
/** A microphone that has delivered nothing for so long has stopped; the server confirms nothing then. */
const STOPPED = 500;
/** The loudest frame that may be lost without a word: −50 dBFS. */
const QUIET = 0.003;
/** From two seconds of waiting frames on, a silence is shortened to five seconds, longer than any pause in a sentence: so a slow connection catches up. */
const MUCH_WAITING = 62;
const LONG_SILENCE = 156;

/**
 * The queue from the microphone to the server. A server that offers `replay` counts the frames that it receives, and confirms them: frames are
 * kept until then, and sent again after the connection was lost, so that each arrives once. At most 15 s are kept; then the oldest are
 * lost, because recent speech is worth more. For other servers the queue is limited to about two seconds. Over polling, one POST is sent at a time and the
 * rest queues in the engine; beyond a limit frames wait here. Pure, apart from the given `send`.
 */
export class Uplink {
  #send;
  #waitingInEngine;
  #clock;
  /** Frames that are not confirmed, oldest first: { pcm, at, sentAt, again, loud }. The first `#sent` of them are sent. */
  #frames = [];
  #sent = 0;
  /** The number of frames before the first one, as the server counts: those that it has, or that were dropped after they were sent. */
  #first = 0;
  #replays;
  #lostAtServer = 0;
  #quietFrames = 0;
  #heardAt = -Infinity;
  #confirmedAt = -Infinity;
  #drops = [];

  /** Frames that were dropped before they were sent, although a conversation was open. */
  dropped = 0;
  /** Frames with sound in them that the server will never get. */
  lost = 0;

  /**
   * @param {(pcm: ArrayBuffer, replayed: boolean) => void} send
   * @param {() => number} waitingInEngine packets not yet handed to the network
   * @param {() => number} clock milliseconds
   */
  constructor(send, waitingInEngine, clock) {
    this.#send = send;
    this.#waitingInEngine = waitingInEngine;
    this.#clock = clock;
  }

  /** Whether the server confirms what it receives; undefined while that is unknown. */
  get replays() {
    return this.#replays;
  }

  /**
   * Accepts a frame. With `early` (the conversation is not open) dropping the oldest is no sign of a slow connection; nothing is `lost`
   * unless the server has `listened`.
   */
  push(pcm, early = false, rms = 1, listened = true) {
    this.#heardAt = this.#clock();
    this.#quietFrames = rms > QUIET ? 0 : this.#quietFrames + 1;
    if (this.#quietFrames > LONG_SILENCE && this.#frames.length - this.#sent > MUCH_WAITING) return;
    this.#frames.push({ pcm, at: this.#clock(), sentAt: 0, again: false, loud: rms > QUIET });
    const most = this.#replays === false ? MOST_WAITING : MOST_KEPT;
    while (this.#frames.length > most) this.#dropOldest(early, listened);
  }

  /** Sends as many frames as the engine has space for. */
  pump() {
    while (this.#sent < this.#frames.length && this.#waitingInEngine() + PACKETS_PER_FRAME <= MOST_IN_ENGINE) {
      const frame = this.#frames[this.#sent++];
      frame.sentAt = this.#clock();
      this.#send(frame.pcm, this.#replays === true && (frame.again || frame.sentAt - frame.at > OLD));
      frame.again = true;
      if (!this.#replays) this.#drop();
    }
  }

  /**
   * The server has offered a conversation: what it has not received is sent again. Called before anything is sent on a new connection.
   * @param {{resumed?: boolean, replay?: boolean, audio?: {count: number, lost: number}, anew?: boolean}} offer
   *     with `anew`, another server went on with the conversation, and counts from the first frame that it receives
   */
  offered({ resumed = false, replay = false, audio = { count: 0, lost: 0 }, anew = false }) {
    this.#replays = replay;
    if (anew) this.#first = this.#sent = this.#lostAtServer = 0;
    // Nothing was sent before the page was loaded anew: what was lost then was told then.
    if (this.#first + this.#sent === 0) this.#lostAtServer = audio.lost;
    if (resumed && replay) this.confirmed(audio);
    // Frames that were dropped here after they were sent, and that did not arrive.
    if (resumed && replay) this.lost += Math.max(0, this.#first - audio.count);
    this.#first = audio.count;
    this.#lostAtServer = audio.lost;
    this.#sent = 0;
  }

  /** The connection is lost. The frames that were sent may have arrived: the next offer tells. */
  disconnected() {
    this.#replays = undefined;
  }

  /** The conversation is open. A server that has offered nothing by now confirms nothing. */
  opened() {
    this.#replays ??= false;
    if (this.#replays) return;
    this.#sent = 0;
    this.#frames.splice(0, this.#frames.length - MOST_WAITING);
  }

  /** The server has received so many frames of this conversation; `lost` of them had no room there. */
  confirmed({ count, lost = 0 }) {
    this.#confirmedAt = this.#clock();
    while (this.#first < count && this.#sent > 0) this.#drop();
    if (lost > this.#lostAtServer) this.lost += lost - this.#lostAtServer;
    this.#lostAtServer = lost;
  }

  /** Forgets everything: the conversation is over. */
  clear() {
    this.#frames = [];
    this.#sent = this.#first = this.#lostAtServer = this.lost = 0;
    this.#replays = undefined;
    this.#heardAt = this.#confirmedAt = -Infinity;
    this.#drops.length = 0;
  }

  /** Whether a frame that was sent two seconds ago or earlier is not confirmed. */
  get late() {
    return this.#replays === true && this.#sent > 0 && this.#clock() - this.#frames[0].sentAt >= LATE;
  }

  /** Whether frames are late, and none is confirmed although the microphone delivers sound. A slow connection confirms some. */
  get stuck() {
    const now = this.#clock();
    return this.late && now - this.#heardAt < STOPPED && now - this.#confirmedAt >= LATE;
  }

  /** Whether frames with sound in them are not confirmed. */
  get holdsSpeech() {
    return this.#frames.some(({ loud }) => loud);
  }

  /** Whether speech was lost repeatedly in the last seconds. */
  get troubled() {
    const since = this.#clock() - TROUBLE_WINDOW;
    while (this.#drops.length > 0 && this.#drops[0] < since) this.#drops.shift();
    return this.#drops.length >= TROUBLE_FRAMES;
  }

  #drop() {
    this.#sent--;
    this.#first++;
    return this.#frames.shift();
  }

  #dropOldest(early, listened) {
    // One that was sent may have arrived: the server tells.
    if (this.#sent > 0) return this.#drop();
    if (this.#frames.shift().loud && listened && this.#replays !== false) this.lost++;
    if (!early) this.#noteDrop();
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
