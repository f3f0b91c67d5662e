import { pause } from "../checkup/pace.js";

const REPORTED_WITHIN = 100;
const LONGEST_BODY = 4_096;

/**
 * Requests a handshake by polling from a server of any origin, twice, and closes the sessions. If the browser may not read the response, asks
 * again in the mode that needs no permission: this tells a server that does not respond from one that does not allow this page.
 *
 * @returns facts: `revision` 4 or 3 of a handshake, `code` of an error of Engine.IO, `unreadable` if only the permission is missing, `policy`
 *   if the policy (CSP) of this page forbids the request, `local` the permission for local networks
 */
export async function reachOther({ endpoint, signal }) {
  const address = handshakeAddress(endpoint);
  const policy = policyWatch(endpoint.origin);
  try {
    const first = await handshake(address, endpoint, signal);
    const second = await handshake(address, endpoint, signal).catch(() => first);
    return { ...second, firstMs: first.tookMs, medianMs: second.tookMs, ok: second.status < 500 };
  } catch (error) {
    if (signal.aborted) return { ok: false, why: signal.reason.message, ...(await permission()) };
    await pause(REPORTED_WITHIN, signal);
    if (policy.violated) return { ok: false, policy: true, why: "the policy of this page forbids it" };
    const unreadable = await responds(address, signal);
    return { ok: unreadable, ...(unreadable ? { unreadable } : { why: error.message }), ...(await permission()) };
  } finally {
    policy.stop();
  }
}

function handshakeAddress({ origin, path, query }) {
  const address = new URL(path, origin);
  for (const [name, value] of Object.entries({ ...query, EIO: "4", transport: "polling" })) address.searchParams.set(name, value);
  return address;
}

async function handshake(address, endpoint, signal) {
  const from = performance.now();
  const answer = await fetch(address, { cache: "no-store", credentials: endpoint.credentials ? "include" : "same-origin", signal });
  const body = (await answer.text()).slice(0, LONGEST_BODY);
  const tookMs = performance.now() - from;
  const sid = /"sid":"([^"]+)"/.exec(body)?.[1];
  const revision = /^0\{/.test(body) ? 4 : /^\d+:0\{/.test(body) ? 3 : undefined;
  if (sid && revision === 4) await close(address, sid);
  // A client of a server that offers no upgrade does not try one.
  if (/"upgrades":\[\]/.test(body)) endpoint.transports = ["polling"];
  return { status: answer.status, tookMs, ...(revision && { revision }), ...errorCode(body), ...(body.trimStart().startsWith("<") && { html: true }) };
}

/** Ends the session, so that the server need not wait for its timeout; a failure changes nothing. */
async function close(address, sid) {
  const session = new URL(address);
  session.searchParams.set("sid", sid);
  await fetch(session, { method: "POST", body: "1", signal: AbortSignal.timeout(1_000) }).catch(() => {});
}

function errorCode(body) {
  try {
    const { code } = JSON.parse(body);
    return Number.isInteger(code) ? { code } : {};
  } catch {
    return {};
  }
}

/** Whether anything responds; the browser reveals nothing else of such a response. */
async function responds(address, signal) {
  try {
    await fetch(address, { mode: "no-cors", cache: "no-store", credentials: "omit", signal });
    return true;
  } catch {
    return false;
  }
}

/** Notes whether the policy of the page that holds this check forbids its requests; the browser reports it as an event. */
function policyWatch(origin) {
  const watch = { violated: false };
  const note = ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === "connect-src" && blockedURI.startsWith(origin)) watch.violated = true;
  };
  document.addEventListener("securitypolicyviolation", note);
  watch.stop = () => document.removeEventListener("securitypolicyviolation", note);
  return watch;
}

/** The permission for devices in the local network, in browsers that have one. */
async function permission() {
  try {
    return { local: (await navigator.permissions.query({ name: "local-network-access" })).state };
  } catch {
    return {};
  }
}
