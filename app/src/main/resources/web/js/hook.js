import { textOf } from "./talk/transcript.js";

/**
 * `window.parley`: a read-only view of the page's state, for tests and debugging. With `?record` in the address,
 * `await parley.recordedWav()` returns the played audio as a WAV file in base64.
 */
export function installHook(conversation, recorder) {
  const hook = {
    get state() {
      return conversation.phase;
    },
    get transport() {
      return conversation.connection.transport;
    },
    get upgradedAt() {
      return conversation.connection.upgradedAt;
    },
    get transcript() {
      return conversation.transcript.turns.filter(({ role }) => role !== "divider").map((turn) => ({
        role: turn.role,
        text: textOf(turn),
        final: turn.finals.map(({ text }) => text).join(" "),
        interrupted: turn.interrupted,
        over: turn.closed,
        tools: turn.tools.map(({ name }) => name),
      }));
    },
    get sound() {
      const { sounding, droppedFrames, playback } = conversation.voice;
      const { playing = false, bufferedMs = 0, cushionMs = 0, underruns = 0 } = playback;
      return { sounding, playing, bufferedMs, cushionMs, underruns, droppedFrames };
    },
    recordedWav: async () => recorder.wav(),
  };
  Object.defineProperty(globalThis, "parley", { value: Object.freeze(hook) });
}
