import { PROBES } from "../checkup/probes.js";
import { reachOther } from "./reach-other.js";

const ADAPTED = {
  device: { title: "This browser", look: async () => ({ ok: true, secure: isSecureContext, online: navigator.onLine }) },
  reach: { title: "Reaching the server", look: reachOther },
  polling: { look: pollingWithCookies },
};

/** The probes of the page's check, for a server of another origin: without the microphone, and with a handshake in place of the server's health. */
export const OTHER_PROBES = PROBES.map((probe) => ({ ...probe, ...ADAPTED[probe.id] }));

/** The same with longer limits, for slow networks and devices. */
export const patientProbes = (times) => OTHER_PROBES.map((probe) => ({ ...probe, limit: probe.limit * times }));

const connect = PROBES.find(({ id }) => id === "polling").look;

/** A session that is lost between two requests may need a cookie for affinity, which a page of another site sends only on request. */
async function pollingWithCookies(visit) {
  const facts = await connect(visit);
  if (facts.ok || facts.status !== 400) return facts;
  const again = await connect({ ...visit, endpoint: { ...visit.endpoint, credentials: true } });
  if (!again.ok) return { ...facts, sessionLost: true };
  visit.endpoint.credentials = true;
  return { ...again, cookies: true };
}
