const HEADPHONES = /head(phone|set)|ear(phone|bud|pod)|airpods|buds/i;

/** Calls `onPlugged` once, when headphones appear among the devices. @returns {() => void} a function that stops waiting */
export function awaitHeadphones(onPlugged, devices = globalThis.navigator?.mediaDevices) {
  if (!devices?.addEventListener) return () => {};
  let over = false;
  const stop = () => {
    over = true;
    devices.removeEventListener("devicechange", look);
  };
  const look = async () => {
    const found = await devices.enumerateDevices();
    if (over || !found.some(({ kind, label }) => kind === "audiooutput" && HEADPHONES.test(label))) return;
    stop();
    onPlugged();
  };
  devices.addEventListener("devicechange", look);
  return stop;
}
