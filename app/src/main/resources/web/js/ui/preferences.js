/** What the browser remembers for the person. Where storage is forbidden, it lasts as long as the page. */
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
    // Private windows may refuse; the value above still holds.
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
