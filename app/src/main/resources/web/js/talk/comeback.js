const KEY = "parley.conversation";
const PATIENCE = 120_000;
const KEEP_EVERY = 10_000;

/**
 * What it takes to go on with a conversation after the connection was lost, or after the page was loaded again: the token
 * that the server gave, and how many of its events have come. The token stays in this tab's storage, which a duplicate of
 * the tab gets too.
 */
export class Comeback {
  #storage;
  #clock;
  #token;
  #received;
  #keptAt = 0;

  /** Whether the server went on with the conversation when it was last asked. */
  resumed = false;

  /** @param {Storage} [storage] of the tab  @param {() => number} [clock] milliseconds since the epoch */
  constructor(storage = tabStorage(), clock = Date.now) {
    this.#storage = storage;
    this.#clock = clock;
    this.#token = this.#stored();
  }

  /** Whether there may be a conversation to go on with. */
  get possible() {
    return this.#token !== undefined;
  }

  /** What to say in `initializeConnection`; the answer is awaited from here. */
  ask() {
    this.resumed = false;
    return { resume: this.#token ?? true, ...(this.#received !== undefined && { received: this.#received }) };
  }

  /** Every event of the server passes here. */
  saw(name, value) {
    if (name === "conversation") this.#told(value ?? {});
    else if (this.#received !== undefined && name !== "conversationMoved") this.#received++;
    if (this.#clock() - this.#keptAt >= KEEP_EVERY) this.keep();
  }

  /** The conversation is open now: how long the server waits counts from here. */
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
      // Somebody else's value: as if there were none.
    }
    return undefined;
  }

  #store(text) {
    try {
      if (text) this.#storage?.setItem(KEY, text);
      else this.#storage?.removeItem(KEY);
    } catch {
      // A full or forbidden storage: the page itself still knows the token.
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
