package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.protocol.engine.EngineHandshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Concludes from WebSockets that were opened directly and by an upgrade. */
final class WebSocketRules {

    private WebSocketRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        boolean offered = log.handshakeByPolling().map(EngineHandshake::offersWebSocket).orElse(true);
        var direct = log.first(Evidence.WebSocket.class);
        if (!offered) {
            findings.add(off(direct.map(seen -> HandshakeRules.shown(seen.outcome())).orElse("")));
            return findings;
        }
        // Without polling, WebSocket fails for the same reason, which another finding reports.
        boolean answered = log.handshakeByPolling().isPresent();
        direct.filter(seen -> answered || seen.handshake().isPresent())
                .ifPresent(seen -> findings.add(direct(log, seen)));
        boolean works = direct.flatMap(Evidence.WebSocket::handshake).isPresent();
        log.first(Evidence.Upgrade.class)
                .filter(seen -> works || seen.stage() == Stage.DONE)
                .ifPresent(seen -> findings.add(upgrade(log, seen)));
        return findings;
    }

    private static Finding off(String shown) {
        return Finding.impaired(Cause.WEBSOCKET_OFF, "The server offers no WebSocket",
                "The handshake lists no upgrade, so clients stay on polling. This is a setting of the server, not a fault of the network.",
                "upgrades: []", shown.isEmpty() ? "not tried" : "a WebSocket request was answered: " + shown)
                .fix("transports: [\"polling\", \"websocket\"] on the server, unless polling alone is intended.")
                .with(Severity.NOTE);
    }

    private static Finding direct(EvidenceLog log, Evidence.WebSocket seen) {
        var platform = PlatformDetector.main(log);
        String shown = HandshakeRules.shown(seen.outcome());
        if (seen.handshake().isPresent()) {
            return Finding.ok(Cause.WEBSOCKET_WORKS, "A WebSocket opens",
                    "101, first frame after " + Quantities.time(seen.firstFrame()));
        }
        if (seen.outcome().hasStatus(101)) {
            return Finding.impaired(Cause.WEBSOCKET_SILENT, "A WebSocket opens, but no data arrives",
                    "An intermediary accepts the upgrade and drops the frames. Clients wait for upgradeTimeout or connectTimeout, then stay on polling if they started with it.",
                    shown, "no frame within " + Quantities.time(seen.firstFrame()))
                    .fix("Find the proxy, scanner or antivirus software that handles WebSocket and exempt the address, or use TLS, which it cannot inspect. Until then: transports: [\"polling\"].")
                    .with(Confidence.LIKELY);
        }
        return seen.outcome()
                .response()
                .map(response -> refused(response, platform, shown))
                .orElseGet(() -> closed(seen.outcome(), platform));
    }

    private static Finding refused(Response response, Platform platform, String shown) {
        if (response.hasEngineCode(3) || (response.status() == 200 && response.text().contains("0{"))
                || response.status() == 426 || (response.status() == 400
                        && response.text().toLowerCase(Locale.ROOT).contains("upgrade"))) {
            return Finding.impaired(Cause.WEBSOCKET_HEADERS_LOST,
                    "The upgrade headers do not reach the server",
                    "A proxy drops Upgrade and Connection, so the server receives an ordinary request. Clients stay on polling.",
                    shown).fix(Fixes.webSocket(platform));
        }
        if (response.hasEngineCode(0)) {
            return off(shown);
        }
        if (response.engineCode().isPresent()) {
            return Finding.impaired(Cause.WEBSOCKET_REFUSED, "The server itself refuses WebSocket",
                    "The response is from Engine.IO. The cause is the origin, a token or a rule in allowRequest. Clients stay on polling.",
                    shown).fix("Check the server's rules for opening a WebSocket.");
        }
        return Finding.impaired(Cause.WEBSOCKET_REFUSED,
                "WebSocket is refused with " + response.status() + " by " + who(response, platform),
                "The platform does not forward WebSocket. Connections that start with polling stay on polling and work. Connections that start with WebSocket fail.",
                shown).fix(Fixes.webSocket(platform));
    }

    private static Finding closed(Outcome outcome, Platform platform) {
        return Finding.impaired(Cause.WEBSOCKET_REFUSED, "WebSocket connections are cut off",
                "An intermediary closes or stalls connections that request an upgrade. Clients stay on polling.",
                HandshakeRules.shown(outcome)).fix(Fixes.webSocket(platform)).with(Confidence.LIKELY);
    }

    static String who(Response response, Platform platform) {
        return response.headers()
                .first("server")
                .map(name -> name.equals("envoy") ? "Envoy" : name)
                .orElse(platform == Platform.UNKNOWN ? "an unknown intermediary" : platform.title());
    }

    private static Finding upgrade(EvidenceLog log, Evidence.Upgrade seen) {
        String shown = HandshakeRules.shown(seen.outcome());
        boolean unknown = seen.outcome().response().filter(response -> response.hasEngineCode(1)).isPresent();
        if (unknown) {
            return Finding.impaired(Cause.UPGRADE_ELSEWHERE,
                    "The upgrade reaches another server than the session",
                    "The WebSocket of a polling session is routed to a server that does not know the session. Clients try, fail and stay on polling.",
                    shown).fix(Fixes.affinity(PlatformDetector.main(log)));
        }
        return switch (seen.stage()) {
            case DONE -> Finding.ok(Cause.UPGRADE_WORKS, "Polling upgrades to WebSocket",
                    "opened after " + Quantities.time(seen.opened()) + ", probe answered after "
                            + Quantities.time(seen.probed()) + ", traffic after "
                            + Quantities.time(seen.done()));
            case POLL_NOT_ENDED -> Finding.note(Cause.UPGRADE_LATE, "The upgrade waits for the pending poll",
                    "The server answered the probe, but did not end the poll that was pending. Clients stay on polling until its next ping ends the poll, and then use the WebSocket.",
                    shown, "the poll did not end within " + Quantities.time(seen.done()))
                    .fix("Some servers forget a poll that arrives while the upgrade begins. Update the server if there is a newer version.")
                    .with(Confidence.LIKELY);
            case REFUSED, NO_PROBE_ANSWER, NO_TRAFFIC_AFTER -> Finding.impaired(Cause.UPGRADE_FAILS,
                    "The upgrade from polling to WebSocket fails",
                    "A WebSocket alone works, but not the upgrade of a session: clients that start with polling stay on it.",
                    shown, switch (seen.stage()) {
                        case REFUSED ->
                            "the upgrade request was refused after " + Quantities.time(seen.opened());
                        case NO_PROBE_ANSWER ->
                            "the probe was not answered within " + Quantities.time(seen.done());
                        case NO_TRAFFIC_AFTER ->
                            "no traffic passed after the upgrade, within " + Quantities.time(seen.done());
                        case DONE, POLL_NOT_ENDED -> "";
                    })
                    .fix(Fixes.affinity(PlatformDetector.main(log)))
                    .with(log.affinity(ClientMode.NEW_CONNECTIONS)
                            .filter(affinity -> affinity.lost() > 0)
                            .isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE);
        };
    }
}
