const KEY = "parley.access";

/**
 * The visitor's access token, for servers that ask for one: from the page's address, `#token=…`, which a site's own page opens or frames. It is taken out of
 * the address, and kept for this tab, so that a reload goes on with the conversation.
 */
export class Access {
  #storage;
  #token;

  /** @param {Location} [place]  @param {Storage} [storage] of the tab  @param {(address: string) => void} [show] replaces the address */
  constructor(place = globalThis.location, storage = tabStorage(), show = (address) => history.replaceState(null, "", address)) {
    this.#storage = storage;
    const given = new URLSearchParams((place?.hash ?? "").slice(1)).get("token");
    if (given) {
      this.#keep(given);
      show(place.pathname + place.search);
    }
    this.#token = given ?? this.#kept();
  }

  /** Headers for requests to the server's APIs. */
  get headers() {
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  /** The `auth` option of Socket.IO; undefined without a token. */
  get auth() {
    return this.#token ? { token: this.#token } : undefined;
  }

  #kept() {
    try {
      return this.#storage?.getItem(KEY) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #keep(token) {
    try {
      this.#storage?.setItem(KEY, token);
    } catch {
      // The storage is full or forbidden: the token lasts until the page is left.
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

/** That of this page. */
export const access = new Access();
