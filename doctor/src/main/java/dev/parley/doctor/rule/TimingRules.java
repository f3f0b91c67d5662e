package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Concludes from idle connections and from delays of server messages. */
final class TimingRules {
    /** A connection that ends earlier was not closed because it was idle. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private TimingRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        log.all(Evidence.Idle.class).forEach(seen -> findings.add(idle(log, seen)));
        log.first(Evidence.Push.class).ifPresent(seen -> findings.add(push(log, seen)));
        return findings;
    }

    /** Returns whether the connection was closed, or a proxy said that its server was silent for too long. */
    private static boolean isCut(Evidence.Idle seen) {
        boolean closed = seen.outcome()
                .flatMap(Outcome::failure)
                .filter(why -> why.kind() == ConnectionFailure.Kind.CLOSED)
                .isPresent();
        boolean late = seen.outcome()
                .filter(outcome -> outcome.hasStatus(504) || outcome.hasStatus(524))
                .isPresent();
        return (closed || late || isTimeoutOfApache(seen)) && seen.held().compareTo(SHORTEST) >= 0;
    }

    /** Apache answers with this page after ProxyTimeout, but also when its server closes the connection. */
    private static boolean isTimeoutOfApache(Evidence.Idle seen) {
        return seen.outcome()
                .filter(outcome -> outcome.hasStatus(502))
                .flatMap(Outcome::response)
                .filter(response -> response.text().contains("Error reading from remote server"))
                .isPresent();
    }

    /** A client waits for a ping as long, and then closes the connection. */
    private static Finding unpinged(EvidenceLog log, Evidence.Idle seen, String name) {
        String waited = Quantities.time(seen.held());
        return Finding.broken(Cause.IDLE_CUT, "No ping came over an idle " + name + " within " + waited,
                "The server announces a ping every " + Quantities.time(seen.pingInterval())
                        + ", but none arrived: a component holds data back or has dropped the connection in silence, or the server does not ping.",
                "no byte for " + waited + "; pingInterval " + seen.pingInterval().toMillis() + " ms")
                .fix(Remedies.idle(PlatformDetector.main(log), Duration.ZERO))
                .with(Confidence.LIKELY);
    }

    private static Finding idle(EvidenceLog log, Evidence.Idle seen) {
        String name = seen.transport().equals("polling") ? "polling request" : "WebSocket";
        if (seen.pinged()) {
            return Finding.ok(Cause.IDLE_SURVIVES, "An idle " + name + " stays open until the server's ping",
                    "held for " + Quantities.time(seen.held()));
        }
        if (seen.outcome().filter(Outcome::isSilence).isPresent()) {
            return unpinged(log, seen, name);
        }
        if (!isCut(seen)) {
            return Finding.unknown(Cause.NOT_EXAMINED, "Not known: whether an idle " + name + " stays open",
                    "The connection of this probe failed in another way, so nothing is concluded about idle connections.",
                    seen.outcome().map(HandshakeRules::shown).orElse("closed") + " after "
                            + Quantities.time(seen.held()))
                    .fix("Run the doctor again.");
        }
        var survives = survives(seen.held());
        String how = seen.outcome().map(HandshakeRules::shown).orElse("closed");
        var finding = Finding
                .broken(Cause.IDLE_CUT, "An idle " + name + " is cut after " + Quantities.time(seen.held()),
                        "An intermediary closes connections that are silent for "
                                + Quantities.time(seen.held()) + ", but the server pings only every "
                                + Quantities.time(seen.pingInterval())
                                + ". Every quiet connection is lost repeatedly.",
                        how + ", after " + Quantities.time(seen.held()) + " without a byte; pingInterval "
                                + seen.pingInterval().toMillis() + " ms")
                .fix(Remedies.idle(PlatformDetector.main(log), survives));
        // The server itself may have closed the connection.
        boolean byServer = seen.outcome()
                .filter(outcome -> outcome instanceof Outcome.Failed failed
                        && failed.why().detail().contains("close packet"))
                .isPresent();
        return byServer ? finding.with(Confidence.POSSIBLE)
                : isTimeoutOfApache(seen) ? finding.with(Confidence.LIKELY) : finding;
    }

    /** Returns four fifths of the time until the cut, in whole seconds from one second on; zero if that is too short for a ping interval. */
    static Duration survives(Duration cutAfter) {
        long millis = cutAfter.toMillis() * 4 / 5;
        return Duration.ofMillis(millis >= 1_000 ? millis / 1_000 * 1_000 : millis / 100 * 100);
    }

    private static Finding push(EvidenceLog log, Evidence.Push seen) {
        String shown = "best of " + seen.samples() + ": a POST answered in "
                + Quantities.time(seen.answered()) + ", the resulting message arrived after "
                + Quantities.time(seen.pushed());
        if (!seen.isLate()) {
            return Finding.ok(Cause.PUSH_PROMPT, "Messages of the server arrive at once", shown);
        }
        return Finding.impaired(Cause.PUSH_LATE, "Messages of the server arrive late",
                "An intermediary buffers responses before it forwards them. Speech breaks up, and heartbeats may arrive too late.",
                shown).fix(Remedies.buffering(PlatformDetector.main(log))).with(Confidence.LIKELY);
    }
}
