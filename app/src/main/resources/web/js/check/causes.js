import { isLocal, isLoopback } from "./server-address.js";

/**
 * The causes that only a browser sees, of facts of a check of another origin's server. Pure.
 *
 * @param {object} seen the facts by id of the probe
 * @param {{page: string, server: string}} origins of the page that checks, and of the server
 * @returns {{name: string, certain: boolean, text: string, fix: string}[]} the most certain first
 */
export function browserCauses(seen, { page, server }) {
  const [from, to] = [new URL(page === "null" ? "file:///" : page), new URL(server)];
  const { reach = {}, polling = {}, websocket = {} } = seen;
  const silent = !reach.ok && !reach.status && !reach.unreadable;
  const causes = [];
  const add = (name, certain, text, fix) => causes.push({ name, certain, text, fix });

  if (reach.policy) add("page_policy", true, "the policy (CSP) of the page that holds this check forbids connections to the server", `Add ${to.origin} and ${to.origin.replace(/^http/, "ws")} to connect-src in the Content-Security-Policy of ${from.host || "this page"}.`);
  if (silent && from.protocol === "https:" && to.protocol === "http:" && !isLoopback(to.hostname)) {
    add("mixed_content", true, "this page uses https, and browsers let such a page connect to https servers only (mixed content)", `Serve ${to.host} over https, and use its https address.`);
  }
  if (silent && isLocal(to.hostname) && !isLocal(from.hostname)) {
    const denied = reach.local === "denied";
    add("private_network", denied, `the server is in a local network or on this device, and ${denied ? "this browser does not let the page connect there" : "browsers may keep pages of the internet from connecting there"} (private network access)`,
      denied ? "Allow access to the local network for this page in the settings of the browser." : "Open the check from a page of the same network, or look whether the browser asks for access to the local network.");
  }
  if (reach.unreadable) {
    const alive = websocket.ok === true;
    add("cors", alive, `the server responds, but its response does not allow pages of ${page} to read it (CORS)${alive ? "" : "; an error page of a proxy would look the same"}`,
      `On the server: new Server({ cors: { origin: "${page}" } })${alive ? "; or let clients use WebSocket only: transports: [\"websocket\"]" : ""}.`);
  }
  if (polling.cookies) add("cookies_needed", true, "sessions hold only with the cookie that a load balancer sets", "In the client: withCredentials: true; on the server: cors.credentials: true; the cookie needs SameSite=None and Secure.");
  if (polling.sessionLost) {
    add("session_lost", false, "a session is lost between two requests: several servers without affinity, or a cookie for affinity that this browser does not send to another site (third-party cookies)",
      "Run the doctor, which sees the cookies. In the client: withCredentials: true; the cookie needs SameSite=None and Secure.");
  }
  if (silent && to.protocol === "https:" && !reach.policy) {
    add("certificate", false, "the certificate of the server is not accepted, which browsers do not reveal to pages", `Open ${to.origin} in a tab: it shows a warning if this is so.`);
  }
  return causes.sort((a, b) => Number(b.certain) - Number(a.certain));
}
