package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.software.Platform;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedies;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Concludes from the response to a polling handshake. */
final class HandshakeRules {

    /** Length of the shown part of a body. */
    private static final int BODY = 300;

    private HandshakeRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        var four = log.polling(4);
        var three = log.polling(3);
        // The redirect is the fault, and is reported as such.
        if (four.isEmpty() || ReachRules.isSlashToNothing(log)) {
            return findings;
        }
        boolean old = three.flatMap(Evidence.Polling::handshake).isPresent()
                || log.first(Evidence.EarlyConnect.class).isPresent();
        four.get()
                .handshake()
                .ifPresentOrElse(open -> findings.add(works(four.get(), open)),
                        () -> findings.add(refused(log, four.get(), old)));
        three.filter(seen -> four.get().handshake().isPresent()).ifPresent(seen -> findings.add(older(seen)));
        return findings;
    }

    private static Finding works(Evidence.Polling seen, EngineHandshake open) {
        String time = seen.outcome().response().map(Response::total).map(Quantities::time).orElse("");
        return Finding.ok(Cause.POLLING_WORKS, "A session opens by polling",
                "handshake at " + seen.path() + " in " + time,
                "pingInterval " + open.pingInterval().toMillis() + " ms, pingTimeout "
                        + open.pingTimeout().toMillis() + " ms, maxPayload "
                        + (open.maxPayload().isPresent() ? open.maxPayload().getAsLong() + " bytes"
                                : "not announced")
                        + ", upgrades " + open.upgrades());
    }

    private static Finding older(Evidence.Polling seen) {
        return seen.handshake().isPresent()
                ? Finding.ok(Cause.OLD_CLIENTS_SERVED, "Clients of Socket.IO 2.x (Engine.IO 3) can connect")
                : Finding.note(Cause.OLD_CLIENTS_REFUSED,
                        "Clients of Socket.IO 2.x (Engine.IO 3) are refused",
                        "Only clients of Socket.IO 3 and newer can connect. Most servers intend this.",
                        shown(seen.outcome())).fix("If you have old clients: allowEIO3: true on the server.");
    }

    private static Finding refused(EvidenceLog log, Evidence.Polling seen, boolean old) {
        if (old) {
            return Finding.impaired(Cause.REVISION_UNSUPPORTED, "The server speaks Engine.IO 3 only",
                    "Clients of Socket.IO 3 and newer receive an error or a response that they cannot read. Only 2.x clients can connect.",
                    shown(seen.outcome()))
                    .fix("Update the server to Socket.IO 3 or newer, or use socket.io-client 2.x"
                            + (log.handshakeByPolling().isPresent() ? "."
                                    : " with transports: [\"websocket\"]: polling is turned off."));
        }
        if (!seen.elsewhere().isEmpty()
                && seen.outcome().response().filter(Response::isNoAnswerOfSocketIo).isPresent()) {
            String there = seen.elsewhere().getFirst();
            return Finding
                    .broken(Cause.WRONG_PATH, "Socket.IO is not at " + seen.path() + " but at " + there,
                            "Clients with the wrong path receive other content and never a session.",
                            shown(seen.outcome()), "a handshake succeeds at " + there)
                    .fix("Set path: \"" + there + "\" in the client, or let the proxy pass " + seen.path()
                            + " unchanged (nginx: location " + seen.path()
                            + " with proxy_pass without a path behind the port).");
        }
        return seen.outcome()
                .response()
                .map(response -> answered(log, seen, response))
                .orElseGet(() -> silent(log, seen.outcome()));
    }

    private static Finding answered(EvidenceLog log, Evidence.Polling seen, Response response) {
        var platform = PlatformDetector.main(log);
        String shown = shown(seen.outcome());
        var code = response.engineCode();
        if (code.isPresent()) {
            return coded(log, code.getAsInt(), shown);
        }
        var known = ProtocolRules.of(log, response, shown);
        if (known.isPresent()) {
            return known.get();
        }
        if (response.headers().first("content-encoding").isPresent() && response.status() == 200) {
            return Finding
                    .broken(Cause.COMPRESSED,
                            "Responses are compressed although the client does not accept it",
                            "The client accepts no compression, so it cannot read the handshake.", shown)
                    .fix(Remedies.buffering(platform));
        }
        if (response.status() == 200 && response.isHtml()) {
            return Finding.broken(Cause.HTML_INSTEAD, "A web page is served instead of Socket.IO",
                    "The fallback of a single-page application or a static host responds instead of the server. Clients report \"xhr poll error\" or \"parse error\".",
                    shown)
                    .fix("Route " + seen.path() + " to the Socket.IO server before the fallback"
                            + (platform == Platform.NGINX
                                    ? ": a location " + seen.path()
                                            + " of its own with proxy_pass, above try_files."
                                    : "."));
        }
        return switch (response.status()) {
            case 404, 405 -> Finding.broken(Cause.NOT_FOUND, "Nothing is served at " + seen.path(),
                    "The path or its trailing slash is wrong, or the proxy does not forward it.", shown)
                    .fix("Compare the path option of server and client (--path examines another one), and the proxy's routes.");
            case 403 -> Finding.broken(Cause.REFUSED_BY_EDGE,
                    "The handshake is refused before it reaches the server",
                    "The response is not from Engine.IO. Its source is a firewall rule, a login page or a limit of "
                            + platform.title() + ".",
                    shown)
                    .fix("Exempt " + seen.path()
                            + " from that rule, or pass the required header with --header.")
                    .with(Confidence.LIKELY);
            case 500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530 ->
                down(log, seen, response, shown);
            default -> Finding
                    .broken(Cause.NOT_SOCKET_IO, "The response is not from Socket.IO",
                            "The response is neither a handshake nor an Engine.IO error.", shown)
                    .fix("Compare address and path with those of the server. --path examines another path.");
        };
    }

    private static Finding coded(EvidenceLog log, int code, String shown) {
        return switch (code) {
            case 0 -> queryLost(log, shown).orElseGet(() -> pollingOff(log, shown));
            case 5 -> Finding
                    .broken(Cause.REVISION_UNSUPPORTED, "The server does not speak Engine.IO 4",
                            "Clients of Socket.IO 3 and newer cannot connect.", shown)
                    .fix("Update the server, or use a client of its version.");
            default -> Finding.broken(Cause.REFUSED_BY_SERVER, "The server refuses the handshake",
                    "The server itself refuses the request, because of the page's origin, a missing token or a rule in allowRequest.",
                    shown)
                    .fix("Pass what the server requires with --header, --origin or a query in the URL. Add the page's origin to the server's allowed origins.");
        };
    }

    private static Finding down(EvidenceLog log, Evidence.Polling seen, Response response, String shown) {
        int asked = seen.failed().size() + 1;
        if (log.first(Evidence.Redirected.class).filter(Evidence.Redirected::opened).isPresent()) {
            return RateRules.sometimes("the first handshake succeeded, and the next "
                    + (asked == 1 ? "one" : asked) + " did not", seen.outcome());
        }
        if (response.status() == 503 && response.headers().first("retry-after").isPresent()) {
            return ProtocolRules.limited(shown, response);
        }
        // An application fails with 500 too, a limit answers 503, and one response of a proxy may be an accident.
        boolean sure = !List.of(500, 501, 503).contains(response.status()) && asked > 1;
        return Finding.broken(Cause.ORIGIN_DOWN, "The proxy responds, but the server behind it does not",
                "The server is down, is still starting, or listens on another address than the proxy expects.",
                shown, Quantities.count(asked, "handshake") + ", none of which succeeded")
                .fix("Check that the server runs and listens on the address and port that the proxy forwards to.")
                .with(sure ? Confidence.CERTAIN : Confidence.LIKELY);
    }

    /** The server knows neither transport, so it does not see which one the client names. */
    private static Optional<Finding> queryLost(EvidenceLog log, String shown) {
        boolean opens = log.first(Evidence.WebSocket.class)
                .flatMap(Evidence.WebSocket::handshake)
                .isPresent();
        return log.first(Evidence.QueryCheck.class)
                .filter(check -> !opens && check.outcome()
                        .response()
                        .filter(response -> response.hasEngineCode(0))
                        .isPresent())
                .map(check -> Finding.broken(Cause.QUERY_LOST, "The query of the URL is lost on the way",
                        "The server says that it knows neither the transport polling nor websocket: it does not receive ?EIO=4&transport=….",
                        shown, "with transport=websocket: " + shown(check.outcome()))
                        .fix(PlatformDetector.main(log) == Platform.NGINX
                                ? "In nginx, proxy_pass with a variable and a path drops the query: use proxy_pass http://server; without a path, or append $is_args$args."
                                : "Find the rewrite, cache or function in front of the server that forwards the path without the query.")
                        .with(Confidence.LIKELY));
    }

    /** Polling is disabled by configuration; the effect depends on whether WebSocket works. */
    private static Finding pollingOff(EvidenceLog log, String shown) {
        var webSocket = log.first(Evidence.WebSocket.class);
        if (webSocket.flatMap(Evidence.WebSocket::handshake).isPresent()) {
            return Finding.impaired(Cause.POLLING_OFF, "Polling is turned off on the server",
                    "Clients start with polling unless they are configured otherwise, and fail here. Clients that use WebSocket have no fallback "
                            + "where a network refuses WebSocket.",
                    shown)
                    .fix("If that is intended: transports: [\"websocket\"] in every client. Otherwise on the server: transports: [\"polling\", \"websocket\"].");
        }
        var finding = Finding.broken(Cause.POLLING_OFF,
                webSocket.isPresent() ? "Polling is turned off, and no WebSocket opens"
                        : "Polling is turned off",
                "Clients start with polling unless they are configured otherwise, and fail here."
                        + (webSocket.isPresent() ? " Clients that start with WebSocket fail as well." : ""),
                webSocket.map(seen -> new String[]{shown, "a WebSocket: " + shown(seen.outcome())})
                        .orElse(new String[]{shown}));
        return webSocket.isPresent()
                ? finding.fix("transports: [\"polling\", \"websocket\"] on the server. For WebSocket: "
                        + Remedies.webSocket(PlatformDetector.main(log)).text())
                : finding.fix(
                        "transports: [\"polling\", \"websocket\"] on the server, or transports: [\"websocket\"] in every client.");
    }

    private static Finding silent(EvidenceLog log, Outcome outcome) {
        if (outcome.failure()
                .filter(why -> why.kind() == ConnectionFailure.Kind.TLS
                        && ReachRules.isClientCertificate(why))
                .isPresent()) {
            return ProtocolRules.clientCertificate(shown(outcome));
        }
        return ProtocolRules.withoutResponse(log, shown(outcome))
                .orElseGet(() -> Finding
                        .broken(Cause.NOT_SOCKET_IO, "The handshake is not answered",
                                "The server accepts connections, but sends no HTTP response.", shown(outcome))
                        .fix("Check whether the port uses HTTP or HTTPS, and whether the server hangs.")
                        .with(Confidence.LIKELY));
    }

    /** Returns the response of a component other than Engine.IO that refuses a request. */
    static Optional<Response> refusal(Outcome outcome) {
        return outcome.response()
                .filter(response -> response.engineCode().isEmpty()
                        && List.of(401, 403, 405, 413, 429).contains(response.status()));
    }

    static String letPass(Response refusal) {
        return "A component in front of the server responds " + refusal.status()
                + " to requests of an open session. Find the firewall rule, login or limit, and allow GET and POST on this path.";
    }

    /** Returns the status and the headers that identify the responder. */
    static String shown(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Responded answered -> shown(answered.received());
            case Outcome.Failed failed ->
                failed.why().description() + " after " + Quantities.time(failed.after());
        };
    }

    private static String shown(Response response) {
        var text = new StringBuilder("HTTP ").append(response.status());
        for (String name : List.of("server", "content-type", "content-encoding", "via")) {
            response.headers()
                    .first(name)
                    .ifPresent(value -> text.append(", ").append(name).append(": ").append(value));
        }
        String body = response.text().strip();
        // A handshake contains the session id, which is secret. In revision 3 it starts with a length.
        if (!body.isEmpty() && !isOpenPacket(body) && !body.contains("\"sid\"")) {
            String line = body.replaceAll("[\\s\\p{Cntrl}]+", " ");
            text.append(", body: ").append(line.length() > BODY ? line.substring(0, BODY) + "…" : line);
        }
        return text.toString();
    }

    private static boolean isOpenPacket(String body) {
        try {
            return EngineCodec.decode(body) instanceof EnginePacket.Open open && open.json().startsWith("{");
        } catch (MalformedPacketException e) {
            return false;
        }
    }
}
