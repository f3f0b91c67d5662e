import { device } from "./device.js";
import { Line } from "./line.js";
import { figures } from "./numbers.js";
import { pace, pause } from "./pace.js";
import { reach } from "./reach.js";

const FRAME_EVERY = 32;
const POLLING_FRAMES = 90;
const WEBSOCKET_FRAMES = 60;
const LAST_ECHO_WAIT = 1_500;
const QUIET_FOR = 5_000;

/**
 * The probes of a check, in this order. Each checks one thing and returns facts, `{ok, …}`; a probe that `needs` another is
 * skipped if that was not ok. `limit` is in milliseconds. All probes share the visit: `{endpoint, io, signal, lines}`.
 */
export const PROBES = [
  { id: "device", title: "This browser", limit: 1_000, look: device },
  { id: "reach", title: "Reaching the server", limit: 5_000, look: reach },
  { id: "polling", title: "Connecting by polling", needs: "reach", limit: 5_000, look: (visit) => connect(visit, "polling") },
  { id: "pollingSound", title: "Sound over polling", needs: "polling", limit: 6_000, look: (visit) => sound(visit, "polling", POLLING_FRAMES) },
  { id: "websocket", title: "Connecting by WebSocket", needs: "reach", limit: 4_000, look: (visit) => connect(visit, "websocket") },
  { id: "websocketSound", title: "Sound over WebSocket", needs: "websocket", limit: 4_000, look: (visit) => sound(visit, "websocket", WEBSOCKET_FRAMES) },
  { id: "upgrade", title: "Changing from polling to WebSocket", needs: "polling", limit: 4_000, look: upgrade },
  { id: "quiet", title: "Keeping a quiet connection", needs: "polling", limit: 8_000, look: quiet },
];

async function connect({ io, endpoint, signal, lines }, transport) {
  if (endpoint.transports && !endpoint.transports.includes(transport)) return { ok: false, notOffered: true };
  const from = performance.now();
  try {
    lines[transport] = await Line.open(io, endpoint, [transport], signal);
  } catch ({ message, status }) {
    return { ok: false, why: message, status };
  }
  return { ok: true, tookMs: performance.now() - from };
}

async function sound({ lines, signal }, transport, frames) {
  const line = lines[transport];
  if (!line.echoes) return { ok: true, unmeasured: true };
  const ended = either(signal, line.broken);
  const stretch = await pace((frame) => line.ask(frame), { frames, every: FRAME_EVERY, timeout: LAST_ECHO_WAIT, signal: ended });
  const broke = line.broken.aborted;
  return { ok: !broke, broke, ...(broke && { why: line.broken.reason.message }), ...figures(stretch) };
}

async function upgrade({ io, endpoint, signal, lines }) {
  if (endpoint.transports && !endpoint.transports.includes("websocket")) return { ok: false, notOffered: true };
  try {
    lines.upgrade = await Line.open(io, endpoint, ["polling", "websocket"], signal);
  } catch ({ message, status }) {
    return { ok: false, why: message, status };
  }
  const late = over(signal).then(() => ({ ok: false, why: signal.reason.message }));
  return Promise.race([lines.upgrade.upgrade, late]);
}

/** Checks whether the polling connection, unused since its sound, is still open after some seconds. */
async function quiet({ lines, signal }) {
  const line = lines.polling;
  const ended = either(signal, line.broken);
  await pause(line.quietSince + QUIET_FOR - performance.now(), ended);
  const heldMs = performance.now() - line.quietSince;
  if (!line.broken.aborted && line.echoes) {
    await Promise.race([line.ask(new Uint8Array(1)).catch(() => {}), over(ended)]);
  }
  if (line.broken.aborted) return { ok: false, broke: true, heldMs, why: line.broken.reason.message };
  return signal.aborted ? { ok: false, heldMs, why: signal.reason.message } : { ok: true, heldMs };
}

/** Resolves once the signal is aborted. */
function over(signal) {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", resolve)));
}

/** Returns a signal that is aborted as soon as one of these is. */
function either(...signals) {
  const both = new AbortController();
  for (const signal of signals) {
    const end = () => both.abort(signal.reason);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  }
  return both.signal;
}
