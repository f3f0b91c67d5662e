const USUAL_PATH = "/socket.io/";

/**
 * Reads the address of a server as people type it: "talk.example.org", "wss://host/ws/", "https://host/socket.io/?token=…". Pure.
 *
 * @param {string} pageProtocol the scheme for an address without one: that of the page, "https:" or "http:"
 * @returns {{origin: string, path: string, query?: object}} the query is sent, and never shown
 * @throws {Error} with a sentence for the user
 */
export function readAddress(typed, pageProtocol = "https:") {
  const text = typed.trim().replace(/^["'<]+|["'>]+$/g, "");
  const usual = pageProtocol === "http:" ? "http:" : "https:";
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${usual}//${text}`;
  let url;
  try {
    url = new URL(whole.replace(/^ws(s?):/i, "http$1:"));
  } catch {
    throw new Error("The address reads like https://talk.example.org.");
  }
  if (text === "" || !["http:", "https:"].includes(url.protocol) || !url.hostname) throw new Error("The address reads like https://talk.example.org.");
  if (url.username || url.password) throw new Error("Leave the user name and the password out of the address: browsers do not send them.");
  const path = url.pathname === "/" ? USUAL_PATH : url.pathname.replace(/\/*$/, "/");
  return { origin: url.origin, path, ...(url.search && { query: Object.fromEntries(url.searchParams) }) };
}

const PRIVATE = [/^10(\.\d+){3}$/, /^192\.168(\.\d+){2}$/, /^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/, /^169\.254(\.\d+){2}$/, /^\[f[cd]/, /^\[fe[89ab]/, /\.(local|internal|lan|home\.arpa)$/];

/** Whether the browser treats this host as the device itself: its addresses count as secure even without https. */
export function isLoopback(hostname) {
  return hostname === "localhost" || hostname.endsWith(".localhost") || /^127(\.\d+){3}$/.test(hostname) || hostname === "[::1]";
}

/** Whether this host is the device itself or, by its address or name, in a local network. */
export function isLocal(hostname) {
  return isLoopback(hostname) || PRIVATE.some((pattern) => pattern.test(hostname)) || /^[^.[\]:]+$/.test(hostname);
}
