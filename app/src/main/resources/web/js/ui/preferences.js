/** The user's preferences in the browser's storage. If storage is forbidden, they last as long as the page. */
const KEY = "parley.preferences";
const DEFAULTS = { persona: "", voiceId: "", prompt: "", halfDuplex: false };

let current = { ...DEFAULTS, ...stored() };

export function preferences() {
  return current;
}

export function remember(changes) {
  current = { ...current, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Private windows may forbid it; the value above remains valid.
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
