package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Connect;
import dev.parley.doctor.evidence.Evidence.ConnectReply;
import dev.parley.doctor.evidence.EvidenceLog;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Concludes from the reply to a CONNECT. */
final class ConnectRules {

    /** Words of the messages with which applications refuse unknown users. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            "(?i)unauthori[sz]ed|not authori[sz]ed|authentication|unauthenticated|credentials|\\btoken\\b|\\bjwt\\b|\\blog ?in\\b");

    /** A middleware that looks up a user may take seconds. */
    private static final Duration PATIENT = Duration.ofSeconds(5);

    private ConnectRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        return log.first(Connect.class).map(seen -> List.of(evaluate(log, seen))).orElse(List.of());
    }

    private static Finding evaluate(EvidenceLog log, Connect seen) {
        String after = "after " + Quantities.time(seen.after());
        return switch (seen.reply()) {
            case ConnectReply.Accepted accepted -> Finding.ok(Cause.CONNECT_WORKS,
                    "The namespace " + seen.namespace() + " accepts connections", after);
            case ConnectReply.Refused refused -> refused(seen.namespace(), refused.message(), after);
            case ConnectReply.Unanswered silent when seen.after().compareTo(PATIENT) < 0 -> Finding
                    .unknown(Cause.NOT_EXAMINED,
                            "Not known: whether the namespace " + seen.namespace() + " accepts connections",
                            "CONNECT was not answered within " + Quantities.time(seen.after())
                                    + ", and the doctor waited no longer.",
                            "nothing " + after)
                    .fix("Run the doctor without --quick, so that it waits longer.");
            case ConnectReply.Unanswered silent -> Finding.broken(Cause.CONNECT_SILENT,
                    "The namespace " + seen.namespace() + " does not answer",
                    "The session opens, but CONNECT is neither accepted nor refused: a middleware never calls next(), the server hangs, or it speaks Engine.IO without Socket.IO.",
                    "nothing " + after)
                    .fix("Find a middleware of this namespace that does not always call next(). A server of Engine.IO alone needs the client engine.io-client.")
                    .with(Confidence.LIKELY);
            case ConnectReply.Broken broken when RateRules.isOneOfSome(log, broken.outcome()) ->
                Finding.unknown(Cause.NOT_EXAMINED,
                        "Not known: whether the namespace " + seen.namespace() + " accepts connections",
                        "A request of the session was refused as others were, so it says nothing about the namespace.",
                        HandshakeRules.shown(broken.outcome()) + " " + after)
                        .fix("Run the doctor again when requests no longer fail.");
            case ConnectReply.Broken broken when HandshakeRules.refusal(broken.outcome()).isPresent() ->
                Finding.broken(Cause.CONNECT_BROKEN,
                        "Requests of a session are refused, so the namespace cannot answer",
                        "The handshake succeeds, but later requests are refused before they reach the server.",
                        HandshakeRules.shown(broken.outcome()) + " " + after)
                        .fix(HandshakeRules.letPass(HandshakeRules.refusal(broken.outcome()).get()))
                        .with(Confidence.LIKELY);
            case ConnectReply.Broken broken ->
                Finding.broken(Cause.CONNECT_BROKEN, "The session ends before the namespace answers", log
                        .affinity(ClientMode.NEW_CONNECTIONS)
                        .filter(affinity -> affinity.lost() > 0)
                        .isPresent()
                                ? "One of its requests reached a server that did not know it. See the finding about affinity."
                                : "One of its requests failed.",
                        HandshakeRules.shown(broken.outcome()) + " " + after)
                        .fix("See the findings about affinity and timeouts; they are the usual cause.")
                        .with(Confidence.LIKELY);
        };
    }

    private static Finding refused(String namespace, String message, String after) {
        String shown = "CONNECT_ERROR \"" + message + "\" " + after;
        if (message.equals("Invalid namespace")) {
            return Finding
                    .impaired(Cause.CONNECT_REFUSED, "The namespace " + namespace + " does not exist",
                            "The transport works. Clients of this namespace receive connect_error.", shown)
                    .fix("Use another --namespace, or create it on the server: io.of(\"" + namespace
                            + "\").");
        }
        if (CREDENTIALS.matcher(message).find()) {
            return Finding.impaired(Cause.CREDENTIALS_WANTED,
                    "The namespace " + namespace + " wants credentials",
                    "The transport works. The application's middleware refuses the connection without valid credentials. Clients receive connect_error.",
                    shown)
                    .fix("Pass them to the doctor with --auth '{\"token\":\"…\"}'. In clients: io(url, { auth: { token } }), as a function if the token changes, because it may expire before a reconnection.")
                    .with(Confidence.LIKELY);
        }
        return Finding.impaired(Cause.CONNECT_REFUSED,
                "The namespace " + namespace + " refuses the connection",
                "The transport works. The application's middleware refuses the connection, or the namespace does not exist. Clients receive connect_error.",
                shown)
                .fix("Pass credentials with --auth, or use another --namespace. If clients send a valid token, it may expire before they reconnect.");
    }
}
