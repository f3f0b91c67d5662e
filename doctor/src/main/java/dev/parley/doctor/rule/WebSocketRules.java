package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.evidence.WebSocketStart;
import dev.parley.doctor.software.Platform;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedies;
import dev.parley.protocol.engine.EngineHandshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Concludes from WebSockets that were opened directly and by an upgrade. */
final class WebSocketRules {

    /** Texts of libraries for WebSocket about a request without the headers of an upgrade. */
    private static final List<String> MISSED = List.of("Can \"Upgrade\" only to \"WebSocket\"",
            "'upgrade' token not found", "missing Upgrade header", "Invalid Upgrade header",
            "missing or bad upgrade", "No WebSocket UPGRADE hdr", "No CONNECTION upgrade hdr");
    private static final int SHORT = 200;

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
                .flatMap(seen -> direct(log, seen))
                .ifPresent(findings::add);
        boolean works = direct.filter(seen -> seen.start().works()).isPresent();
        log.first(Evidence.Upgrade.class)
                .filter(seen -> works || seen.stage() == Stage.DONE)
                .filter(seen -> seen.stage() == Stage.DONE || !isOfSession(log, seen))
                .ifPresent(seen -> findings.add(upgrade(log, seen)));
        return findings;
    }

    /** Returns whether an upgrade failed with its session: a cache had given the id away before, or requests reached servers without the session. */
    private static boolean isOfSession(EvidenceLog log, Evidence.Upgrade seen) {
        boolean cached = log.affinity(ClientMode.NEW_CONNECTIONS)
                .filter(affinity -> affinity.repeated() > 0)
                .isPresent();
        boolean lost = log.affinity(ClientMode.COOKIES).filter(affinity -> affinity.lost() > 0).isPresent();
        boolean elsewhere = seen.outcome()
                .response()
                .filter(response -> response.hasEngineCode(1))
                .isPresent();
        return cached || (lost && !elsewhere);
    }

    private static Finding off(String shown) {
        return Finding.impaired(Cause.WEBSOCKET_OFF, "The server offers no WebSocket",
                "The handshake lists no upgrade, so clients stay on polling. This is a setting of the server, not a fault of the network.",
                "upgrades: []", shown.isEmpty() ? "not tried" : "a WebSocket request was answered: " + shown)
                .fix("transports: [\"polling\", \"websocket\"] on the server, unless polling alone is intended.")
                .with(Severity.NOTE);
    }

    private static Optional<Finding> direct(EvidenceLog log, Evidence.WebSocket seen) {
        String shown = HandshakeRules.shown(seen.outcome());
        String start = seen.start().description();
        boolean compressed = seen.outcome()
                .response()
                .filter(response -> response.headers()
                        .contains("sec-websocket-extensions", "permessage-deflate"))
                .isPresent();
        if (compressed && seen.plain().filter(WebSocketStart::works).isPresent()) {
            return Optional.of(Finding.impaired(Cause.WEBSOCKET_COMPRESSION_BROKEN,
                    "A WebSocket works without compression, and fails with it",
                    "Browsers offer permessage-deflate, and a component on the way changes or refuses what the server then sends. Clients stay on polling, or reconnect again and again.",
                    "with permessage-deflate, twice: " + start, "without: a handshake and messages pass")
                    .fix("Turn compression off on the server (perMessageDeflate: false, which is the default of Socket.IO 3 and newer), or exempt the address in the component that inspects frames.")
                    .with(Confidence.LIKELY));
        }
        return switch (seen.start()) {
            case WebSocketStart.Answered _any ->
                Optional.of(Finding.ok(Cause.WEBSOCKET_WORKS, "A WebSocket opens, and messages pass",
                        "101, first frame after " + Quantities.time(seen.firstFrame())));
            case WebSocketStart.Unanswered _any -> unanswered(log, start);
            case WebSocketStart.Silent _any -> Optional.of(silent(log, seen, shown));
            case WebSocketStart.Closed closed -> Optional.of(closed(closed.code(), shown, start));
            case WebSocketStart.Failed failed when failed.why().kind() == ConnectionFailure.Kind.FRAME ->
                Optional.of(altered(log, failed.why(), shown, start));
            case WebSocketStart.Failed _any -> Optional.of(closed(1006, shown, start));
            case WebSocketStart.WrongAccept _any -> Optional.of(Finding.impaired(Cause.WEBSOCKET_ACCEPT_WRONG,
                    "The response to the upgrade is not a valid one",
                    "Each request carries a random key, and Sec-WebSocket-Accept must be computed from it. Browsers refuse this response. A cache, a wrong header rule or another program responds in place of the server.",
                    shown, start)
                    .fix("Exclude the path from caches, and remove rules that set or keep Sec-WebSocket-* headers."));
            case WebSocketStart.Other _any -> Optional.of(Finding.impaired(Cause.WEBSOCKET_OTHER_SERVER,
                    "WebSocket leads to another server than polling",
                    "The WebSocket opens, but its first message is not that of Engine.IO. Clients stay on polling.",
                    shown, start)
                    .fix("Route upgrade requests of the path to the Socket.IO server. In one Node.js process with other WebSocket servers: let each handle only its own path.")
                    .with(Confidence.LIKELY));
            case WebSocketStart.NotAccepted _any -> Optional.of(seen.outcome()
                    .response()
                    .map(response -> refused(response, PlatformDetector.main(log), shown))
                    .orElseGet(() -> cutOff(log, seen.outcome())));
        };
    }

    /** Other findings explain a namespace that does not answer over polling either. */
    private static Optional<Finding> unanswered(EvidenceLog log, String start) {
        boolean polling = log.first(Evidence.Connect.class)
                .filter(seen -> seen.reply() instanceof Evidence.ConnectReply.Accepted
                        || seen.reply() instanceof Evidence.ConnectReply.Refused)
                .isPresent();
        return !polling ? Optional.empty()
                : Optional.of(Finding.impaired(Cause.WEBSOCKET_SILENT,
                        "A WebSocket opens, but messages to the server are lost",
                        "Frames of the server arrive, and those of the client get no answer, while polling works: a component on the way swallows frames to the server.",
                        start)
                        .fix("Find the proxy, scanner or antivirus software that handles WebSocket and exempt the address"
                                + orTls(log) + ". Until then: transports: [\"polling\"].")
                        .with(Confidence.LIKELY));
    }

    private static Finding silent(EvidenceLog log, Evidence.WebSocket seen, String shown) {
        var evidence = new ArrayList<>(
                List.of(shown, "no frame within " + Quantities.time(seen.firstFrame())));
        boolean arrives = log.first(Evidence.Upgrade.class).filter(Evidence.Upgrade::polled).isPresent();
        if (arrives) {
            evidence.add(
                    "in an upgrade, the server ended the pending poll after the probe: so it had received it");
        }
        return Finding.impaired(Cause.WEBSOCKET_SILENT,
                arrives ? "A WebSocket opens, but messages of the server are lost"
                        : "A WebSocket opens, but no data arrives",
                (arrives ? "A component on the way swallows the frames of the server."
                        : "A component on the way accepts the upgrade and swallows frames.")
                        + " Clients wait for upgradeTimeout or connectTimeout, then stay on polling if they started with it.",
                evidence.toArray(String[]::new))
                .fix("Find the proxy, scanner or antivirus software that handles WebSocket and exempt the address"
                        + orTls(log) + ". Until then: transports: [\"polling\"].")
                .with(Confidence.LIKELY);
    }

    private static Finding closed(int code, String shown, String start) {
        String why = switch (code) {
            case 1002, 1003, 1007 ->
                "The code says that the peer did not understand a frame: a component may have changed it.";
            case 1008 -> "The code says that a rule of the server or of a component forbids it.";
            case 1009 -> "The code says that a message was too large.";
            case 1001, 1012, 1013 -> "The code says that the server goes away, restarts or is overloaded.";
            case 1006 ->
                "No close frame came: a component on the way cut the connection, or the server failed.";
            case 1011 -> "The code says that the server failed.";
            default -> code >= 3000 ? "The code is one of the application or of a component on the way."
                    : "The code does not say why.";
        };
        return Finding
                .impaired(Cause.WEBSOCKET_CLOSED, "A WebSocket opens and is closed at once",
                        why + " Clients stay on polling if they started with it.", shown, start)
                .fix("Look for the code in the logs of the server and of the proxy; it names the component that closed.")
                .with(Confidence.LIKELY);
    }

    private static String orTls(EvidenceLog log) {
        return log.url().startsWith("https:") ? "" : ", or use TLS, which it cannot inspect";
    }

    private static Finding altered(EvidenceLog log, ConnectionFailure why, String shown, String start) {
        boolean compressed = why.detail().startsWith("RSV1");
        return Finding.impaired(Cause.WEBSOCKET_ALTERED, "Frames of a WebSocket are not valid", compressed
                ? "The server sends compressed frames, but its agreement to compress was lost on the way. Node.js reports \"RSV1 must be clear\", Chrome \"Invalid frame header\"."
                : "A component on the way changes frames, or the server does not follow the protocol. Browsers close such a connection.",
                shown, start)
                .fix(compressed
                        ? "Let the proxy forward Sec-WebSocket-Extensions in both directions, or turn compression off on the server (perMessageDeflate: false)."
                        : "Find the component that handles WebSocket on this path and exempt the address"
                                + orTls(log) + ".");
    }

    private static Finding refused(Response response, Platform platform, String shown) {
        if (response.hasEngineCode(3) || (response.status() == 200 && response.text().contains("0{"))
                || response.status() == 426
                || (response.status() == 400 && MISSED.stream().anyMatch(response.text()::contains))) {
            return Finding.impaired(Cause.WEBSOCKET_HEADERS_LOST,
                    "The upgrade headers do not reach the server",
                    "A proxy drops Upgrade and Connection, so the server receives an ordinary request. Clients stay on polling.",
                    shown).fix(Remedies.webSocket(platform));
        }
        if (response.hasEngineCode(0)) {
            return off(shown);
        }
        if (isOtherServer(response)) {
            return Finding.impaired(Cause.WEBSOCKET_OTHER_SERVER,
                    "Another server than that of polling refuses the WebSocket",
                    "Polling reaches a Socket.IO server, but requests for a WebSocket are answered as by a server that does not know it: a route of its own, or another WebSocket server in the same process.",
                    shown)
                    .fix("Route upgrade requests of the path to the Socket.IO server. In one Node.js process with other WebSocket servers: let each handle only its own path.")
                    .with(Confidence.LIKELY);
        }
        if (isApplication(response)) {
            return Finding.impaired(Cause.WEBSOCKET_REFUSED, "The application refuses WebSocket",
                    "The response has the form in which Socket.IO on Node.js refuses an upgrade, with a message of the application (allowRequest). Clients stay on polling.",
                    shown)
                    .fix("Check allowRequest on the server: browsers send no own headers with a WebSocket, only cookies and the query.")
                    .with(Confidence.LIKELY);
        }
        if (response.engineCode().isPresent()) {
            return Finding.impaired(Cause.WEBSOCKET_REFUSED, "The server itself refuses WebSocket",
                    "The response is from Engine.IO. The cause is the origin, a token or a rule in allowRequest. Clients stay on polling.",
                    shown).fix("Check the server's rules for opening a WebSocket.");
        }
        String rest = " Connections that start with polling stay on polling and work. Connections that start with WebSocket fail.";
        if (response.isOfProxy()) {
            return Finding.impaired(Cause.WEBSOCKET_REFUSED,
                    "WebSocket failed with " + response.status() + " from " + who(response, platform),
                    "A proxy could not pass the request on, twice: it does not forward WebSocket, or the server behind it failed just then."
                            + rest,
                    shown)
                    .fix(Remedies.webSocket(platform)
                            .and("If it is only now and then: look in the proxy's log."))
                    .with(Confidence.LIKELY);
        }
        if (response.status() == 401 || response.status() == 407) {
            return Finding.impaired(Cause.WEBSOCKET_REFUSED,
                    "WebSocket is refused with " + response.status() + " by " + who(response, platform),
                    "The request lacked credentials that polling did not need, or had in a header: browsers set no header on a WebSocket."
                            + rest,
                    shown)
                    .fix("Let clients pass credentials in a cookie, in the query or in the option auth, or exempt the path.")
                    .with(Confidence.LIKELY);
        }
        return Finding
                .impaired(Cause.WEBSOCKET_REFUSED,
                        "WebSocket is refused with " + response.status() + " by " + who(response, platform),
                        "The platform does not forward WebSocket, or a rule of it forbids it." + rest, shown)
                .fix(Remedies.webSocket(platform))
                .with(Confidence.LIKELY);
    }

    /** The responses of the WebSocket library of Node.js to a path that it does not serve, and of a web server without the route. */
    private static boolean isOtherServer(Response response) {
        return response.status() == 404 || (isNodeRefusal(response) && response.text().equals("Bad Request"));
    }

    private static boolean isApplication(Response response) {
        return isNodeRefusal(response) && response.engineCode().isEmpty();
    }

    /** Engine.IO on Node.js refuses an upgrade with 400 and a plain message marked as HTML. A proxy in front changes other headers. */
    private static boolean isNodeRefusal(Response response) {
        return response.status() == 400 && response.headers().contains("content-type", "text/html")
                && response.body().length <= SHORT && !response.text().contains("<");
    }

    private static Finding cutOff(EvidenceLog log, Outcome outcome) {
        var platform = PlatformDetector.main(log);
        if (log.first(Evidence.DevServer.class).isPresent()) {
            return Finding.impaired(Cause.DEV_PROXY_WITHOUT_WS,
                    "The proxy of the development server does not forward WebSocket",
                    "Polling works, and requests for a WebSocket get no answer: the proxy of "
                            + platform.title() + " forwards them only if told. Clients stay on polling.",
                    HandshakeRules.shown(outcome), "recognised: " + platform.title())
                    .fix(Remedies.webSocket(platform))
                    .with(Confidence.LIKELY);
        }
        return Finding.impaired(Cause.WEBSOCKET_REFUSED, "WebSocket connections are cut off",
                "An intermediary closes or stalls connections that request an upgrade. Clients stay on polling.",
                HandshakeRules.shown(outcome)).fix(Remedies.webSocket(platform)).with(Confidence.LIKELY);
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
                    shown).fix(Remedies.affinity(PlatformDetector.main(log)));
        }
        if (RateRules.isOneOfSome(log, seen.outcome())) {
            return Finding.unknown(Cause.NOT_EXAMINED, "Not known: whether polling upgrades to WebSocket",
                    "The upgrade was refused as other requests were, so it says nothing about WebSocket.",
                    shown).fix("Run the doctor again when requests no longer fail.");
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
                    .fix(Remedies.affinity(PlatformDetector.main(log)))
                    .with(log.affinity(ClientMode.NEW_CONNECTIONS)
                            .filter(affinity -> affinity.lost() > 0)
                            .isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE);
        };
    }
}
