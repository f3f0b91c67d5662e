package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence.Connect;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Evidence.Reply;
import java.util.List;

/** What answers a CONNECT. */
final class ConnectRules {

    private ConnectRules() {}

    static List<Finding> judge(CaseFile file) {
        return file.first(Connect.class).map(seen -> List.of(judge(file, seen))).orElse(List.of());
    }

    private static Finding judge(CaseFile file, Connect seen) {
        String after = "after " + Numbers.time(seen.after());
        return switch (seen.reply()) {
            case Reply.Welcomed welcomed ->
                Finding.fine(Cause.CONNECT_WORKS, "The namespace " + seen.namespace() + " lets in", after);
            case Reply.Refused refused -> Finding.impaired(Cause.CONNECT_REFUSED,
                    "The namespace " + seen.namespace() + " refuses",
                    "The transport works; the application's middleware says no, or there is no such namespace. Clients get connect_error.",
                    "CONNECT_ERROR \"" + refused.message() + "\" " + after)
                    .fix("Give what it wants with --auth, or another --namespace. If clients do send the right token: it may have expired by the time they reconnect.");
            case Reply.Silent silent -> Finding.broken(Cause.CONNECT_SILENT,
                    "The namespace " + seen.namespace() + " does not answer",
                    "The session opens, but CONNECT is answered neither with a welcome nor with a refusal: middleware that never calls next, or a server that hangs.",
                    "nothing " + after)
                    .fix("Look for a middleware of this namespace that does not always call next().");
            case Reply.Broken broken when HandshakeRules.refusal(broken.outcome()).isPresent() -> Finding
                    .broken(Cause.CONNECT_BROKEN,
                            "Requests of a session are refused, so the namespace cannot answer",
                            "The handshake passes, but what follows is refused before it reaches the server.",
                            HandshakeRules.shown(broken.outcome()) + " " + after)
                    .fix(HandshakeRules.letPass(HandshakeRules.refusal(broken.outcome()).get()))
                    .but(Confidence.LIKELY);
            case Reply.Broken broken -> Finding.broken(Cause.CONNECT_BROKEN,
                    "The session ends before the namespace answers",
                    file.affinity(Habit.NEW_CONNECTIONS).filter(affinity -> affinity.lost() > 0).isPresent()
                            ? "A request of it met a server that did not know it: see affinity."
                            : "A request of it failed.",
                    HandshakeRules.shown(broken.outcome()) + " " + after)
                    .fix("See the findings about affinity and timeouts; they are the usual cause.")
                    .but(Confidence.LIKELY);
        };
    }
}
