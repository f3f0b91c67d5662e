package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Connect;
import dev.parley.doctor.evidence.Evidence.ConnectReply;
import dev.parley.doctor.evidence.EvidenceLog;
import java.util.List;

/** Concludes from the reply to a CONNECT. */
final class ConnectRules {

    private ConnectRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        return log.first(Connect.class).map(seen -> List.of(evaluate(log, seen))).orElse(List.of());
    }

    private static Finding evaluate(EvidenceLog log, Connect seen) {
        String after = "after " + Quantities.time(seen.after());
        return switch (seen.reply()) {
            case ConnectReply.Accepted accepted -> Finding.ok(Cause.CONNECT_WORKS,
                    "The namespace " + seen.namespace() + " accepts connections", after);
            case ConnectReply.Refused refused -> Finding.impaired(Cause.CONNECT_REFUSED,
                    "The namespace " + seen.namespace() + " refuses the connection",
                    "The transport works. The application's middleware refuses the connection, or the namespace does not exist. Clients receive connect_error.",
                    "CONNECT_ERROR \"" + refused.message() + "\" " + after)
                    .fix("Pass credentials with --auth, or use another --namespace. If clients send a valid token, it may expire before they reconnect.");
            case ConnectReply.Unanswered silent -> Finding.broken(Cause.CONNECT_SILENT,
                    "The namespace " + seen.namespace() + " does not answer",
                    "The session opens, but CONNECT is neither accepted nor refused: a middleware never calls next(), or the server hangs.",
                    "nothing " + after)
                    .fix("Find a middleware of this namespace that does not always call next().");
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
}
