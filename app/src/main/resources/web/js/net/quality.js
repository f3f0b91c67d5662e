import { LATE } from "./pulse.js";

const NAMES = { polling: "long polling", websocket: "WebSocket", webtransport: "WebTransport" };

/** Above this round trip replies come noticeably late, in milliseconds. */
const SLOW = 400;

/** After so many attempts to connect, there is no connection rather than one that begins. */
const MOST_HOPEFUL = 1;

/**
 * The connection in words for the user. Pure.
 *
 * @param {{phase: string, connected: boolean, online: boolean, attempt: number, roundTrip?: number, waiting: number, losing: boolean}} seen
 *     `attempt`: of a reconnection, 0 if there is none; `losing`: speech is lost on its way; times in milliseconds
 * @returns {{quality: "off" | "connecting" | "good" | "slow" | "none", text: string}}
 */
export function qualityOf({ phase, connected, online, attempt, roundTrip, waiting, losing }) {
  if (!online) return NONE;
  if (phase === "idle" && !connected) return { quality: "off", text: "Not connected" };
  if (!connected) return attempt > MOST_HOPEFUL ? NONE : CONNECTING;
  if (losing || waiting > LATE || roundTrip > SLOW) return { quality: "slow", text: "Slow connection" };
  return roundTrip === undefined ? CONNECTING : { quality: "good", text: "Good connection" };
}

const NONE = { quality: "none", text: "No connection" };
const CONNECTING = { quality: "connecting", text: "Connecting …" };

/** The details for those who ask: the transport, and the round trip. Pure. */
export function detailsOf({ transport, upgradedAfter, roundTrip }) {
  if (!transport) return "Press Talk to connect. “Check” tests the way to the server.";
  const changed = upgradedAfter === undefined ? "" : `, changed from polling after ${span(upgradedAfter)}`;
  const trip = roundTrip === undefined ? "" : ` Round trip ${span(roundTrip)}.`;
  return `Connected by ${NAMES[transport] ?? transport}${changed}.${trip}`;
}

function span(milliseconds) {
  const time = Math.max(0, milliseconds);
  return time < 1_000 ? `${Math.round(time)} ms` : `${(time / 1_000).toFixed(1)} s`;
}
