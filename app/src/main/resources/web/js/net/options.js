const TRANSPORTS = {
  polling: ["polling"],
  websocket: ["websocket"],
  upgrade: ["polling", "websocket"],
};

export const RECONNECTION_ATTEMPTS = 10;

/** Socket.IO options from the page's address, `?transport=polling|websocket|upgrade`, and from the server's transports. Pure. */
export function socketOptions(search, { path = "/socket.io/", transports: offered = TRANSPORTS.upgrade } = {}) {
  const wanted = TRANSPORTS[new URLSearchParams(search).get("transport")] ?? TRANSPORTS.upgrade;
  const both = wanted.filter((transport) => offered.includes(transport));
  const transports = both.length > 0 ? both : wanted;
  return {
    path,
    transports,
    upgrade: transports.length > 1,
    rememberUpgrade: true,
    reconnection: true,
    reconnectionAttempts: RECONNECTION_ATTEMPTS,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 5_000,
    timeout: 20_000,
    autoConnect: false,
  };
}

/** The delay before reconnecting to a server that disconnected this client: 1 s, doubling, at most 5 s. */
export function rejoinDelay(attempt) {
  return Math.min(5_000, 1_000 * 2 ** (attempt - 1));
}
