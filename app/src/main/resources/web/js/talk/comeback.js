const KEY = "parley.conversation";
const PATIENCE = 120_000;
const KEEP_EVERY = 10_000;
/** Events about the connection itself. */
const UNCOUNTED = new Set(["conversationMoved", "audioReceived"]);

/**
 * The state for resuming a conversation after the connection was lost or the page was reloaded: the server's token, and the
 * number of events received. The token is in the tab's storage, which is copied when the tab is duplicated.
 */
export class Comeback {
  #storage;
  #clock;
  #token;
  #received;
  #keptAt = 0;

  /** Whether the server resumed the conversation at the last request. */
  resumed = false;

  /** @param {Storage} [storage] of the tab  @param {() => number} [clock] milliseconds since the epoch */
  constructor(storage = tabStorage(), clock = Date.now) {
    this.#storage = storage;
    this.#clock = clock;
    this.#token = this.#stored();
  }

  /** Returns whether there may be a conversation to resume. */
  get possible() {
    return this.#token !== undefined;
  }

  /** Returns the fields for `initializeConnection`; the response is expected from now on. */
  ask() {
    this.resumed = false;
    return { resume: this.#token ?? true, ...(this.#received !== undefined && { received: this.#received }) };
  }

  /** Called for every event of the server. */
  saw(name, value) {
    if (name === "conversation") this.#told(value ?? {});
    else if (this.#received !== undefined && !UNCOUNTED.has(name)) this.#received++;
    if (this.#clock() - this.#keptAt >= KEEP_EVERY) this.keep();
  }

  /** The conversation is open: the server's waiting time counts from now on. */
  keep() {
    this.#keptAt = this.#clock();
    if (this.#token) this.#store(JSON.stringify({ token: this.#token, since: this.#clock() }));
  }

  /** The conversation is over. */
  forget() {
    this.resumed = false;
    this.#token = undefined;
    this.#received = undefined;
    this.#store();
  }

  #told({ token, resumed, from }) {
    this.#token = token;
    this.#received = from;
    this.resumed = resumed === true;
    this.keep();
  }

  #stored() {
    try {
      const { token, since } = JSON.parse(this.#storage?.getItem(KEY) ?? "{}");
      if (typeof token === "string" && this.#clock() - since < PATIENCE) return token;
    } catch {
      // An invalid value: ignored.
    }
    return undefined;
  }

  #store(text) {
    try {
      if (text) this.#storage?.setItem(KEY, text);
      else this.#storage?.removeItem(KEY);
    } catch {
      // The storage is full or forbidden: the page still has the token in memory.
    }
  }
}

function tabStorage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
