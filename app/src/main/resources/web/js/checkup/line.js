import { access } from "../net/access.js";

const ECHO = "/parley-doctor";
const ANSWER_WAIT = 5_000;

/** Thrown if a connection could not be opened: the client's message, and the HTTP status if there was one. */
export class NotOpened extends Error {
  constructor(why, status) {
    super(why);
    this.status = status;
  }
}

/** A connection of the check to the server's echo, separate from the page's own. It never reconnects. */
export class Line {
  #socket;
  #broken = new AbortController();

  /** Whether the server sends an echo. */
  echoes;
  /** Resolves with the result of the upgrade to WebSocket: `{ok, tookMs}` or `{ok, why}`. */
  upgrade;
  /** The time of the last sent frame. */
  quietSince = performance.now();

  constructor(socket, echoes) {
    this.#socket = socket;
    this.echoes = echoes;
    socket.on("disconnect", (reason) => this.#broken.abort(new Error(reason)));
    this.upgrade = new Promise((resolve) => {
      socket.io.on("open", () => {
        const from = performance.now();
        socket.io.engine.on("upgrade", () => resolve({ ok: true, tookMs: performance.now() - from }));
        socket.io.engine.on("upgradeError", ({ message }) => resolve({ ok: false, why: message }));
        socket.io.engine.on("close", (why) => resolve({ ok: false, why }));
      });
    });
  }

  /**
   * Opens a connection over these transports; at a server without an echo, to the namespace of conversations.
   * @throws {NotOpened}
   */
  static open(io, endpoint, transports, signal, namespace = ECHO) {
    const options = { path: endpoint.path, transports, upgrade: transports.length > 1, forceNew: true, reconnection: false, timeout: ANSWER_WAIT, auth: access.auth };
    const line = new Line(io(namespace, options), namespace === ECHO);
    return line.#opened(signal).catch((error) => {
      line.close();
      if (error.message !== "Invalid namespace" || namespace !== ECHO) throw error;
      return Line.open(io, endpoint, transports, signal, "/");
    });
  }

  /** Aborted when the connection has ended. */
  get broken() {
    return this.#broken.signal;
  }

  ask(bytes) {
    this.quietSince = performance.now();
    return this.#socket.timeout(ANSWER_WAIT).emitWithAck("echo", bytes);
  }

  close() {
    this.#socket.disconnect();
    this.#socket.io.engine?.close();
  }

  #opened(signal) {
    return new Promise((resolve, reject) => {
      const stop = () => reject(new NotOpened(signal.reason.message));
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
      this.#socket.on("connect", () => {
        signal.removeEventListener("abort", stop);
        resolve(this);
      });
      this.#socket.on("connect_error", ({ message, description }) =>
        reject(new NotOpened(message, typeof description === "number" ? description : undefined)));
    });
  }
}
