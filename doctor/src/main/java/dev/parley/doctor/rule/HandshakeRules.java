package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What answers a handshake by polling. */
final class HandshakeRules {

    private HandshakeRules() {}

    static List<Finding> judge(CaseFile file) {
        var findings = new ArrayList<Finding>();
        var four = file.polling(4);
        var three = file.polling(3);
        if (four.isEmpty()) {
            lastReached(file).ifPresent(host -> findings.add(tooLate(host)));
            return findings;
        }
        boolean old = three.flatMap(Evidence.Polling::handshake).isPresent()
                || file.first(Evidence.Greeted.class).isPresent();
        four.get()
                .handshake()
                .ifPresentOrElse(open -> findings.add(works(four.get(), open)),
                        () -> findings.add(refused(file, four.get(), old)));
        three.filter(seen -> four.get().handshake().isPresent()).ifPresent(seen -> findings.add(older(seen)));
        return findings;
    }

    private static Optional<String> lastReached(CaseFile file) {
        return file.all(Evidence.Reach.class)
                .reduce((first, second) -> second)
                .filter(reach -> reach.failure().isEmpty())
                .map(Evidence.Reach::host);
    }

    /** The time for all of it went by before the handshake's turn: that is no all-clear. */
    private static Finding tooLate(String host) {
        return Finding.broken(Cause.NOT_SOCKET_IO, "The server answers too late to be examined",
                "The connection is taken, but the time for the whole went by before a handshake was answered.",
                host + " was reached, and then nothing came in time")
                .fix("See whether the server hangs; without --quick the doctor waits longer.")
                .but(Confidence.LIKELY);
    }

    private static Finding works(Evidence.Polling seen, Handshake open) {
        String time = seen.outcome().answer().map(Answer::total).map(Numbers::time).orElse("");
        return Finding.fine(Cause.POLLING_WORKS, "A session opens by polling",
                "handshake at " + seen.path() + " in " + time,
                "pingInterval " + open.pingInterval().toMillis() + " ms, pingTimeout "
                        + open.pingTimeout().toMillis() + " ms, maxPayload "
                        + (open.maxPayload().isPresent() ? open.maxPayload().getAsLong() + " bytes"
                                : "not announced")
                        + ", upgrades " + open.upgrades());
    }

    private static Finding older(Evidence.Polling seen) {
        return seen.handshake().isPresent()
                ? Finding.fine(Cause.OLD_CLIENTS_SERVED, "Clients of the 2.x line (Engine.IO 3) are served")
                : Finding.note(Cause.OLD_CLIENTS_REFUSED, "Clients of the 2.x line (Engine.IO 3) are refused",
                        "Only clients of version 3 and newer can connect, which is what most servers want.",
                        shown(seen.outcome()))
                        .fix("If old clients are yours: allowEIO3: true on the server.");
    }

    private static Finding refused(CaseFile file, Evidence.Polling seen, boolean old) {
        if (old) {
            return Finding.impaired(Cause.REVISION_UNSUPPORTED, "The server speaks Engine.IO 3 only",
                    "Clients of version 3 and newer get an error, or an answer that they cannot read; only those of the 2.x line can connect.",
                    shown(seen.outcome()))
                    .fix("Update the server to Socket.IO 3 or newer, or use socket.io-client 2.x"
                            + (file.handshakeByPolling().isPresent() ? "."
                                    : " with transports: [\"websocket\"]: polling is turned off."));
        }
        if (!seen.elsewhere().isEmpty()) {
            String there = seen.elsewhere().getFirst();
            return Finding
                    .broken(Cause.WRONG_PATH, "Socket.IO is not at " + seen.path() + " but at " + there,
                            "Clients that use the wrong path get what else is served there, never a session.",
                            shown(seen.outcome()), "a handshake succeeds at " + there)
                    .fix("Set path: \"" + there + "\" in the client, or let the proxy pass " + seen.path()
                            + " unchanged (nginx: location " + seen.path()
                            + " with proxy_pass without a path behind the port).");
        }
        return seen.outcome()
                .answer()
                .map(answer -> answered(file, seen, answer))
                .orElseGet(() -> silent(seen.outcome()));
    }

    private static Finding answered(CaseFile file, Evidence.Polling seen, Answer answer) {
        var platform = Recognition.main(file);
        String shown = shown(seen.outcome());
        var code = answer.engineCode();
        if (code.isPresent()) {
            return coded(file, code.getAsInt(), shown);
        }
        if (answer.headers().first("content-encoding").isPresent() && answer.status() == 200) {
            return Finding.broken(Cause.COMPRESSED, "Answers come compressed without being asked for",
                    "The client did not accept any compression; what it cannot decode is no session to it.",
                    shown).fix(Remedies.buffering(platform));
        }
        if (answer.status() == 200 && answer.isHtml()) {
            return Finding.broken(Cause.HTML_INSTEAD, "A web page is served instead of Socket.IO",
                    "The fallback of a single-page application, or a static host, answers in place of the server; clients say \"xhr poll error\" or \"parse error\".",
                    shown)
                    .fix("Route " + seen.path() + " to the Socket.IO server before the fallback"
                            + (platform == Platform.NGINX
                                    ? ": a location " + seen.path()
                                            + " of its own with proxy_pass, above try_files."
                                    : "."));
        }
        return switch (answer.status()) {
            case 404, 405 -> Finding.broken(Cause.NOT_FOUND, "Nothing is served at " + seen.path(),
                    "The path or its trailing slash is wrong, or the proxy does not pass it on.", shown)
                    .fix("Compare the path option of server and client (--path tries another one), and the proxy's routes.");
            case 401, 403, 429 -> Finding
                    .broken(Cause.REFUSED_BY_EDGE, "The handshake is refused before it reaches the server",
                            "The answer is not of Engine.IO: a firewall rule, a login page or a limit of "
                                    + platform.title() + " gave it.",
                            shown)
                    .fix("Exempt " + seen.path()
                            + " from that rule, or give the doctor what it wants with --header.")
                    .but(Confidence.LIKELY);
            case 500, 502, 503, 504, 520, 521, 522, 523, 524 -> Finding
                    .broken(Cause.ORIGIN_DOWN, "The proxy answers, the server behind it does not",
                            "The server is down, still starting, or listens elsewhere than the proxy thinks.",
                            shown)
                    .fix("See that the server runs and listens on the address and port that the proxy forwards to.")
                    .but(answer.status() == 500 ? Confidence.LIKELY : Confidence.CERTAIN);
            default -> Finding
                    .broken(Cause.NOT_SOCKET_IO, "What answers is not Socket.IO",
                            "The answer is neither a handshake nor an error of Engine.IO.", shown)
                    .fix("Compare address and path with the server's; --path tries another one.");
        };
    }

    private static Finding coded(CaseFile file, int code, String shown) {
        return switch (code) {
            case 0 -> pollingOff(file, shown);
            case 5 -> Finding
                    .broken(Cause.REVISION_UNSUPPORTED, "The server does not speak Engine.IO 4",
                            "Clients of version 3 and newer cannot connect.", shown)
                    .fix("Update the server, or use the client of its version.");
            default -> Finding.broken(Cause.REFUSED_BY_SERVER, "The server refuses the handshake",
                    "The server itself answers, and says no: the origin of the page, a missing token, or a rule in allowRequest.",
                    shown)
                    .fix("Give what it wants with --header, --origin or a query in the URL; name the page's origin in the server's list of allowed origins.");
        };
    }

    /** The server's own choice, as its answer says; what it costs depends on whether WebSocket comes through. */
    private static Finding pollingOff(CaseFile file, String shown) {
        var webSocket = file.first(Evidence.WebSocket.class);
        if (webSocket.flatMap(Evidence.WebSocket::handshake).isPresent()) {
            return Finding.impaired(Cause.POLLING_OFF, "Polling is turned off on the server",
                    "Clients begin with polling unless they are told otherwise, and fail here. Those that are told have no other way "
                            + "where a network refuses WebSocket.",
                    shown)
                    .fix("If that is on purpose: transports: [\"websocket\"] in every client. Else on the server: transports: [\"polling\", \"websocket\"].");
        }
        var finding = Finding.broken(Cause.POLLING_OFF,
                webSocket.isPresent() ? "Polling is turned off, and no WebSocket opens"
                        : "Polling is turned off",
                "Clients begin with polling unless told otherwise, and fail here."
                        + (webSocket.isPresent() ? " Those that begin with WebSocket fail, too." : ""),
                webSocket.map(seen -> new String[]{shown, "a WebSocket: " + shown(seen.outcome())})
                        .orElse(new String[]{shown}));
        return webSocket.isPresent()
                ? finding.fix("transports: [\"polling\", \"websocket\"] on the server. For WebSocket: "
                        + Remedies.webSocket(Recognition.main(file)))
                : finding.fix(
                        "transports: [\"polling\", \"websocket\"] on the server, or transports: [\"websocket\"] in every client.");
    }

    private static Finding silent(Outcome outcome) {
        return Finding
                .broken(Cause.NOT_SOCKET_IO, "The handshake is not answered",
                        "The connection is taken, but no answer of HTTP comes.", shown(outcome))
                .fix("See whether the port speaks HTTP or HTTPS, and whether the server hangs.");
    }

    /** The answer of something other than Engine.IO that does not let a request pass. */
    static Optional<Answer> refusal(Outcome outcome) {
        return outcome.answer()
                .filter(answer -> answer.engineCode().isEmpty()
                        && List.of(401, 403, 405, 413, 429).contains(answer.status()));
    }

    static String letPass(Answer refusal) {
        return "Something before the server answers " + refusal.status()
                + " to requests of an open session: find the firewall rule, login or limit that does so, and let both GET and POST on this path pass.";
    }

    /** Status and the headers that tell who answered. */
    static String shown(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> shown(answered.got());
            case Outcome.Failed failed -> failed.why().words() + " after " + Numbers.time(failed.after());
        };
    }

    private static String shown(Answer answer) {
        var text = new StringBuilder("HTTP ").append(answer.status());
        for (String name : List.of("server", "content-type", "content-encoding", "via")) {
            answer.headers()
                    .first(name)
                    .ifPresent(value -> text.append(", ").append(name).append(": ").append(value));
        }
        Optional<String> body = answer.text()
                .lines()
                .findFirst()
                // A handshake holds the name of a session, which is secret; one of revision 3 begins with its length.
                .filter(line -> !line.isBlank() && !line.startsWith("0{") && !line.contains("\"sid\""));
        body.ifPresent(line -> text.append(", body: ")
                .append(line.length() > 80 ? line.substring(0, 80) + "…" : line));
        return text.toString();
    }
}
