const ECHO = "/parley-doctor";
const ANSWER_WAIT = 5_000;
/** How long another server may take to respond to CONNECT, and to prove that its namespace is an echo. */
const OTHER_WAIT = 2_000;

/** Thrown if a connection could not be opened: the client's message, and the HTTP status if there was one. */
export class NotOpened extends Error {
  constructor(why, status) {
    super(why);
    this.status = status;
  }
}

/** Thrown if the connection is open, but the server does not offer its namespace of the echo. */
class NoEcho extends Error {}

/**
 * A connection of the check to the server's echo, separate from the page's own. It never reconnects. At a server without an echo it joins no
 * namespace, so that no application notices it.
 */
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
    socket.io.on("close", (reason) => this.#broken.abort(new Error(reason)));
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
   * Opens a connection over these transports. `endpoint.origin` is given for a server of another origin.
   * @throws {NotOpened}
   */
  static async open(io, endpoint, transports, signal) {
    const { origin = "", path, query, credentials = false, patience = 1 } = endpoint;
    const options = { path, query, withCredentials: credentials, transports, upgrade: transports.length > 1, forceNew: true, reconnection: false, timeout: ANSWER_WAIT * patience };
    const line = new Line(io(origin + ECHO, options), true);
    try {
      return await line.#until(signal, () => line.#joined(origin !== ""));
    } catch (error) {
      line.close();
      if (!(error instanceof NoEcho)) throw error;
    }
    const bare = new Line(io(origin + ECHO, { ...options, autoConnect: false }), false);
    return bare.#until(signal, () => bare.#opened()).catch((error) => {
      bare.close();
      throw error;
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

  /** Resolves with this line once the promise of `open` resolves; rejects as soon as the signal is aborted. */
  async #until(signal, open) {
    let stop;
    const stopped = new Promise((_, reject) => {
      stop = () => reject(new NotOpened(signal.reason.message));
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
    });
    try {
      await Promise.race([open(), stopped]);
      return this;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async #joined(other) {
    const joined = new Promise((resolve, reject) => {
      this.#socket.on("connect", resolve);
      this.#socket.on("connect_error", (error) => reject("data" in error ? new NoEcho(error.message) : notOpened(error)));
      this.#socket.on("disconnect", (reason, details) => reject(new NotOpened(reason, statusOf(details))));
    });
    if (!other) return joined;
    const silent = new Promise((_, reject) => this.#socket.io.on("open", () => setTimeout(() => reject(new NoEcho("no response to CONNECT")), OTHER_WAIT)));
    await Promise.race([joined, silent]);
    await this.#socket.timeout(OTHER_WAIT).emitWithAck("echo", new Uint8Array(1)).catch(() => {
      throw new NoEcho("no echo");
    });
  }

  #opened() {
    return new Promise((resolve, reject) => this.#socket.io.open((error) => (error ? reject(notOpened(error)) : resolve())));
  }
}

const notOpened = (error) => new NotOpened(error.message, statusOf(error));

/** The HTTP status in an error of a transport, if there was one. */
function statusOf(error) {
  const status = error?.description;
  return typeof status === "number" && status > 0 ? status : undefined;
}
