/** The one AudioContext of a conversation. Must be called inside a click or key press, or WebKit keeps it silent. */
export function openAudioContext() {
  const context = new (globalThis.AudioContext ?? globalThis.webkitAudioContext)({ latencyHint: "interactive" });
  context.resume().catch(() => {});
  // A moment of silence, started in the gesture, is what unlocks output on older iOS.
  const source = context.createBufferSource();
  source.buffer = context.createBuffer(1, 1, context.sampleRate);
  source.connect(context.destination);
  source.start();
  return context;
}

/** The events that browsers accept as a gesture to turn the sound on. Browsers differ in which ones they accept. */
const GESTURES = ["pointerdown", "pointerup", "touchend", "click", "keydown"];

/**
 * Resumes the context when the user returns, and at any key or tap: phones suspend it while the page is hidden or during a phone call.
 * @returns {() => void} a function that ends this
 */
export function keepAwake(context) {
  const wake = () => {
    if (document.visibilityState === "visible" && context.state !== "running" && context.state !== "closed") {
      context.resume().catch(() => {});
    }
  };
  const events = ["visibilitychange", ...GESTURES];
  for (const event of events) document.addEventListener(event, wake, true);
  return () => {
    for (const event of events) document.removeEventListener(event, wake, true);
  };
}

/** Loads a worklet; throws an error with a text for the user if it cannot be loaded. */
export async function addModule(context, url) {
  try {
    await context.audioWorklet.addModule(url);
  } catch (cause) {
    throw new Error("The server does not respond. Check that it runs, then try again.", { cause });
  }
}
