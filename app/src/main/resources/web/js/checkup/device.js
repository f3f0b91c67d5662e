/** The browser's own information: whether the page is secure, may use a microphone, is online, and the resolution of its clock. */
export async function device() {
  return { ok: true, secure: isSecureContext, microphone: await microphone(), online: navigator.onLine, clockStepMs: clockStep() };
}

/** @returns {Promise<"granted" | "prompt" | "denied" | "none" | "unsupported" | "unknown">} */
async function microphone() {
  const devices = navigator.mediaDevices;
  if (!devices?.getUserMedia) return "unsupported";
  const list = await devices.enumerateDevices().catch(() => undefined);
  if (list && !list.some(({ kind }) => kind === "audioinput")) return "none";
  try {
    return (await navigator.permissions.query({ name: "microphone" })).state;
  } catch {
    return "unknown";
  }
}

/** Browsers round their clocks; the smallest step seen in a few milliseconds. */
function clockStep() {
  const end = Date.now() + 20;
  let step = Infinity;
  for (let last = performance.now(); Date.now() < end; ) {
    const now = performance.now();
    if (now > last) step = Math.min(step, now - last);
    last = now;
  }
  return Number.isFinite(step) ? step : 20;
}
