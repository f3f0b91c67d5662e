import { access } from "./access.js";

const USUAL = { path: "/socket.io/" };

/** Requests the path and the transports from the server: `{path, transports}`. A server without this endpoint uses the defaults. */
export async function findEndpoint() {
  try {
    const answer = await fetch("/api/connection", { headers: access.headers, cache: "no-store", signal: AbortSignal.timeout(5_000) });
    return answer.ok ? await answer.json() : USUAL;
  } catch {
    return USUAL;
  }
}

/** Loads the Socket.IO client from the server. @returns {Promise<Function>} its `io` function */
export async function loadClient({ path }) {
  try {
    return (await import(`${path}socket.io.esm.min.js`)).io;
  } catch {
    return loadClassic(path);
  }
}

function loadClassic(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${path}socket.io.js`;
    script.onload = () => resolve(globalThis.io);
    script.onerror = () => reject(new Error("The server does not respond. Check that it runs, then try again."));
    document.head.append(script);
  });
}
