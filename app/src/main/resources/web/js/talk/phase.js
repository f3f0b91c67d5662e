/**
 * The phase of a conversation as a state machine. Pure: `next(phase, event)`.
 *
 * idle → connecting → opening → listening ⇄ thinking ⇄ speaking → stopping → idle; a lost connection leads to
 * reconnecting and back to opening from any of them.
 */
export const WORDS = {
  idle: { title: "Ready", hint: "Press Talk and say something." },
  connecting: { title: "Connecting", hint: "Allow the microphone if your browser asks." },
  opening: { title: "Connecting", hint: "Starting the conversation." },
  listening: { title: "Listening", hint: "Go ahead, I am listening." },
  thinking: { title: "Thinking", hint: "One moment." },
  speaking: { title: "Speaking", hint: "You can interrupt at any time." },
  reconnecting: { title: "Reconnecting", hint: "The connection was lost." },
  stopping: { title: "Stopping", hint: "Saying goodbye." },
};

const LIVE = new Set(["listening", "thinking", "speaking"]);

export function isLive(phase) {
  return LIVE.has(phase);
}

export function isActive(phase) {
  return phase !== "idle" && phase !== "stopping";
}

const RULES = {
  start: (phase) => (phase === "idle" ? "connecting" : phase),
  connected: (phase) => (phase === "connecting" || phase === "reconnecting" ? "opening" : phase),
  ready: (phase) => (phase === "opening" ? "listening" : phase),
  lost: (phase) => (isActive(phase) ? "reconnecting" : phase),
  userSpoke: (phase) => (phase === "listening" ? "thinking" : phase),
  toolUsed: (phase) => (isLive(phase) && phase !== "speaking" ? "thinking" : phase),
  playing: (phase) => (isLive(phase) ? "speaking" : phase),
  silent: (phase) => (phase === "speaking" ? "listening" : phase),
  answered: (phase) => (phase === "thinking" ? "listening" : phase),
  interrupted: (phase) => (phase === "speaking" ? "listening" : phase),
  stop: (phase) => (isActive(phase) ? "stopping" : phase),
  closed: () => "idle",
};

export function next(phase, event) {
  const rule = RULES[event];
  if (!rule) throw new Error(`phase: unknown event ${event} in ${phase}`);
  return rule(phase);
}
