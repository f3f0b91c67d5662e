import { access } from "./access.js";
import { findEndpoint, loadClient } from "./client-script.js";
import { RECONNECTION_ATTEMPTS, rejoinDelay, socketOptions } from "./options.js";

const SETTLED_AFTER = 10_000;

/**
 * A Socket.IO connection that reports its events to the console and to its listener:
 * `onConnect()`, `onEvent(name, value)`, `onDisconnect(reason, willRetry)`, `onRetry(attempt, of)`, `onGiveUp(message)`, `onTransport()`.
 */
export class Connection {
  #made;
  #socket;
  #listener;
  #wanted = false;
  #rejoins = 0;
  #timer;

  #openedAt;

  /** The transport in use, and when (milliseconds since the epoch) it was upgraded; null if not connected. */
  transport = null;
  upgradedAt = null;
  /** How long after the opening it was upgraded, in milliseconds by a clock that nobody sets; undefined if it was not. */
  upgradedAfter;

  constructor(listener) {
    this.#listener = listener;
  }

  /** Connects; may be called again after `leave`. Rejects if the server does not provide its client script. */
  async join() {
    this.#wanted = true;
    this.#rejoins = 0;
    // One socket, also if the user presses Talk, Stop and Talk before the client is loaded.
    this.#made ??= this.#make();
    try {
      await this.#made;
    } catch (error) {
      this.#made = undefined;
      throw error;
    }
    this.#socket.io.reconnection(true);
    if (this.#wanted) this.#socket.connect();
  }

  async #make() {
    const endpoint = await findEndpoint();
    const io = await loadClient(endpoint);
    this.#socket = io({ ...socketOptions(location.search, endpoint), auth: access.auth });
    this.#watchSocket();
    this.#watchManager();
  }

  /** Disconnects without a reconnection. */
  leave() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#socket?.disconnect();
    this.#forgetTransport();
  }

  /** Drops the connection without a disconnect packet, as a network failure does, so that the server waits for this page. */
  cut() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#socket?.io.reconnection(false);
    this.engine?.close();
    this.#forgetTransport();
  }

  get connected() {
    return this.#socket?.connected ?? false;
  }

  get engine() {
    return this.#socket?.io.engine;
  }

  emit(event, ...values) {
    if (this.connected) this.#socket.emit(event, ...values);
  }

  /** Emits with an acknowledgement, and rejects if none arrives in time. */
  ask(event, milliseconds, ...values) {
    return this.#socket.timeout(milliseconds).emitWithAck(event, ...values);
  }

  #watchSocket() {
    const socket = this.#socket;
    socket.onAny((event, value) => this.#listener.onEvent(event, value));
    socket.on("connect", () => {
      this.transport = this.engine.transport.name;
      log("connect", `transport=${this.transport}`);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.#rejoins = 0), SETTLED_AFTER);
      this.#listener.onTransport();
      this.#listener.onConnect();
    });
    socket.on("connect_error", (error) => {
      log("connect_error", error.message);
      if (!socket.active && this.#wanted) this.#giveUp(error.data?.reason ? error.message : `The server refused the connection: ${error.message}`);
    });
    socket.on("disconnect", (reason) => {
      log("disconnect", `reason=${reason}`);
      clearTimeout(this.#timer);
      // socket.io-client keeps what was sent after the server's pings stopped, and would send it before the conversation is open again.
      socket.sendBuffer = [];
      this.#forgetTransport();
      this.#listener.onDisconnect(reason, this.#wanted);
      if (this.#wanted && reason === "io server disconnect") this.#rejoin();
    });
  }

  #watchManager() {
    const manager = this.#socket.io;
    manager.on("open", () => {
      this.#openedAt = performance.now();
      this.engine.on("upgrade", (transport) => {
        this.transport = transport.name;
        this.upgradedAt = Date.now();
        this.upgradedAfter = performance.now() - this.#openedAt;
        log("upgrade", `transport=${transport.name}`);
        this.#listener.onTransport();
      });
      this.engine.on("upgradeError", (error) => log("upgradeError", error.message));
    });
    manager.on("reconnect_attempt", (attempt) => {
      log("reconnect_attempt", `${attempt}/${RECONNECTION_ATTEMPTS}`);
      this.#listener.onRetry(attempt, RECONNECTION_ATTEMPTS);
    });
    manager.on("reconnect", (attempt) => log("reconnect", `after ${attempt}`));
    manager.on("reconnect_failed", () => {
      log("reconnect_failed", "");
      this.#giveUp("The server cannot be reached. Check your network, then press Talk to try again.");
    });
  }

  /** Reconnects after the server disconnected this client, a limited number of times; socket.io-client itself does not. */
  #rejoin() {
    this.#rejoins++;
    if (this.#rejoins > RECONNECTION_ATTEMPTS) {
      this.#giveUp("The server keeps closing the connection. Press Talk to try again later.");
      return;
    }
    log("reconnect_attempt", `${this.#rejoins}/${RECONNECTION_ATTEMPTS} after a server disconnect`);
    this.#listener.onRetry(this.#rejoins, RECONNECTION_ATTEMPTS);
    this.#timer = setTimeout(() => this.#socket.connect(), rejoinDelay(this.#rejoins));
  }

  #giveUp(message) {
    this.leave();
    this.#listener.onGiveUp(message);
  }

  #forgetTransport() {
    this.transport = null;
    this.upgradedAt = null;
    this.upgradedAfter = undefined;
  }
}

function log(event, detail) {
  console.info(`[parley] ${event} ${detail}`.trimEnd());
}
