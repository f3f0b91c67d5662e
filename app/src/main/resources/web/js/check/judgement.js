import { grade, span } from "../checkup/numbers.js";
import { inWords } from "../checkup/words.js";
import { browserCauses } from "./causes.js";

/**
 * The result of a check of a server of another origin. Pure.
 *
 * @returns {{grade: "good" | "fair" | "bad", sentence: string, advice: string}}
 */
export function judge(seen, origins) {
  const { device = {}, reach = {}, polling = {}, websocket = {}, upgrade = {} } = seen;
  const causes = browserCauses(seen, origins);
  const because = (sentence, otherwise) => {
    const [cause] = causes;
    if (!cause) return bad(`${sentence}.`, otherwise);
    if (cause.certain) return bad(`${sentence}: ${cause.text}.`, cause.fix);
    const possible = causes.map(({ text }) => text);
    return bad(`${sentence}. Possible: ${possible.join("; or ")}.`, causes.map(({ fix }) => fix).join(" "));
  };
  const doctor = "Run the doctor against the server: it sees what browsers do not reveal.";
  if (!reach.ok && !reach.status && device.online === false) return bad("This device is offline.", "Connect it to a network, then check again.");
  if (!reach.ok && reach.status) return bad(`A proxy or the server responds with an error (${reach.status}).`, doctor);
  if (!reach.ok) return because("This page cannot reach the server", `Open ${origins.server} in a tab. ${doctor}`);
  if (reach.revision === 3) return bad("The server speaks Engine.IO 3 only, as socket.io 2 does: current clients cannot connect.", "Update the server to socket.io 3 or 4 with allowEIO3: true, or use a client of version 2.");
  if (!polling.ok && !websocket.ok) {
    if (!reach.revision && !reach.unreadable && reach.code === undefined) return bad(`What responds is no Socket.IO server at this path (status ${reach.status}).`, "Compare the path with the server's option path, and look whether a proxy passes it on.");
    return because("The server can be reached, but neither polling nor WebSocket connects", doctor);
  }
  if (["pollingSound", "websocketSound", "quiet"].some((id) => seen[id]?.broke)) return bad("The connection broke off in the middle of the check.", `Check again in a minute. ${doctor}`);
  if (!polling.ok && reach.code === 0) return fair("WebSocket works; the server offers no polling.", "In the client: transports: [\"websocket\"].");
  if (!polling.ok) return { ...because("WebSocket works, but polling, with which clients begin, does not", `In the client: transports: ["websocket"]. ${doctor}`), grade: "fair" };
  if (polling.cookies) return { ...because("Polling works with cookies only", doctor), grade: "fair" };
  return withSound(seen, websocket.ok && upgrade.ok ? "websocket" : "polling", causes);
}

function withSound(seen, transport) {
  const { websocket, upgrade } = seen;
  const sound = seen[`${transport}Sound`] ?? {};
  const voice = sound.p99 === undefined ? "" : seen.hidden || !sound.sure ? " Sound could not be measured: this device was too busy." : ` Voice: ${{ good: "good", fair: "with noticeable pauses", bad: "too slow or with too many losses" }[grade(sound)]}, round trip ${span(sound.p50)}.`;
  if (transport === "websocket") return good(`Works from this browser, by polling and by WebSocket.${voice}`, "Nothing.");
  if (websocket?.notOffered) return fair(`Polling works; the server offers no WebSocket.${voice}`, "On the server: transports: [\"polling\", \"websocket\"], unless polling only is intended.");
  const why = websocket?.ok ? "the change from polling to WebSocket does not" : "WebSocket does not";
  if (upgrade?.skipped === "time" || websocket?.skipped === "time") return fair(`Polling works; no time was left for WebSocket.${voice}`, "Check again.");
  return fair(`Polling works, but ${why}: clients stay on polling, which is slower.${voice}`, "Try another network: some networks block WebSocket. If it stays so, run the doctor, which names the component.");
}

/** Describes the facts of a probe; see `inWords`. */
export function describe(id, facts) {
  if (facts.skipped || !WORDS[id]) return inWords(id, facts);
  return WORDS[id](facts);
}

const WORDS = {
  device: ({ secure, online }) =>
    online === false ? { state: "bad", text: "This device says that it is offline." } : { state: "good", text: secure ? "Online; this page is secure." : "Online; this page is not secure (no https)." },
  reach: ({ ok, why, status, revision, code, html, unreadable, medianMs }) => {
    if (why) return { state: "bad", text: `No response: ${why}.` };
    if (unreadable) return { state: "note", text: "The server responds, but the browser may not read its response to polling." };
    const after = ` after ${span(medianMs)}`;
    if (revision === 4) return { state: "good", text: `A handshake${after}.` };
    if (revision === 3) return { state: "bad", text: `A handshake of Engine.IO 3${after}.` };
    if (code !== undefined) return { state: "note", text: `An error of Engine.IO (code ${code})${after}.` };
    return { state: ok ? "note" : "bad", text: `${html ? "A web page" : "Something else than Socket.IO"} with status ${status}${after}.` };
  },
};

const good = (sentence, advice) => ({ grade: "good", sentence, advice });
const fair = (sentence, advice) => ({ grade: "fair", sentence, advice });
const bad = (sentence, advice) => ({ grade: "bad", sentence, advice });
