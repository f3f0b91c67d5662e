import { grade, span } from "./numbers.js";

/**
 * The result of a check in one sentence, with advice. Pure.
 *
 * @param {object} seen the facts of all probes by id
 * @returns {{grade: "good" | "fair" | "bad", sentence: string, advice: string}}
 */
export function verdict(seen) {
  return withMicrophone(seen.device ?? {}, ofTheWay(seen));
}

const SEND = "send this check to the operators of this site";

function ofTheWay(seen) {
  const { device = {}, reach = {}, polling = {}, websocket = {} } = seen;
  if (!reach.ok && device.online === false) return bad("Your device is offline.", "Connect it to a network, then check again.");
  if (!reach.ok && reach.status) {
    return bad(`The server cannot be reached: a proxy in front of it responds with an error (${reach.status}).`, `Try again in a few minutes; if it stays so, ${SEND}.`);
  }
  if (!reach.ok) return bad("Your browser cannot reach the server.", `Check your network or try another one, such as a phone's; if it stays so, ${SEND}.`);
  if (brokeOff(seen)) return bad("The connection broke off in the middle of the check.", `Check again in a minute; if it breaks off again, ${SEND}.`);
  if (!polling.ok && !websocket.ok) return bad("The server can be reached, but no connection for a conversation can be opened.", `Try another network; if it stays so, ${SEND}.`);
  if (!polling.ok && !polling.notOffered) {
    return bad("WebSocket works, but polling, with which this page begins, does not.", `Open this page with ?transport=websocket behind its address, and ${SEND}.`);
  }
  return ofTheSound(seen);
}

function brokeOff(seen) {
  return ["pollingSound", "websocketSound", "quiet"].some((id) => seen[id]?.broke);
}

/** A page begins with polling and changes to WebSocket if possible; the sound over its final transport counts. */
function ofTheSound(seen) {
  const { polling, upgrade = {}, websocket } = seen;
  const onSocket = polling.ok ? upgrade.ok : websocket.ok;
  const sound = (onSocket ? seen.websocketSound : seen.pollingSound) ?? {};
  const blocked = !onSocket && !upgrade.notOffered && !upgrade.skipped;
  const over = onSocket ? "over WebSocket" : "by polling";
  if (sound.p99 === undefined) return unmeasured(over, blocked, sound);
  if (seen.hidden || !sound.sure) {
    return fair(`You can connect ${over}, but this device was too busy to measure how well${alsoBlocked(blocked)}.`, "Keep this page in front, close what else is running, and check again.");
  }
  const time = `round trip ${span(sound.p50)} ${over}`;
  if (grade(sound) === "bad") {
    return bad(`You are connected, but the connection is too slow or loses too much sound for a conversation (${time}).`, `Move nearer to your router, stop downloads or try another network; if it stays so, ${SEND}.`);
  }
  if (grade(sound) === "fair") {
    return fair(`You can talk, with noticeable pauses before the replies (${time}).`, "If it disturbs you, move nearer to your router, stop downloads or try another network.");
  }
  return blocked
    ? good(`You can talk: a proxy or network blocks WebSocket, but sound comes through well without it (${time}).`, "Nothing. If sound stutters later, try another network: some offices and proxies block WebSocket.")
    : good(`Your connection is good: ${time}.`, "Nothing. If it still does not work, the problem is not in your network.");
}

function unmeasured(over, blocked, { unmeasured: silent }) {
  const why = silent ? "this server sends no echo to measure sound with" : "sound was not measured";
  return fair(`You can connect ${over}, but ${why}${alsoBlocked(blocked)}.`, silent ? "Press Talk and try." : `Check again; if it stays so, ${SEND}.`);
}

const alsoBlocked = (blocked) => (blocked ? "; a proxy or network blocks WebSocket" : "");

/** A good connection is not enough without a microphone. */
function withMicrophone({ secure, microphone }, way) {
  if (way.grade === "bad") return way;
  if (secure === false || microphone === "unsupported") {
    return { ...way, grade: "fair", advice: "To talk, open this page by its https address in a current browser; until then you can type." };
  }
  if (microphone === "denied") {
    return { ...way, grade: "fair", advice: "To talk, allow the microphone in the address bar or the browser's settings; until then you can type." };
  }
  if (microphone === "none") return { ...way, advice: "To talk, connect a microphone; until then you can type." };
  return way;
}

const good = (sentence, advice) => ({ grade: "good", sentence, advice });
const fair = (sentence, advice) => ({ grade: "fair", sentence, advice });
const bad = (sentence, advice) => ({ grade: "bad", sentence, advice });
