package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Idle connections and pushes. */
final class TimingRules {
    /** What a push may take beyond the answer to its POST: a pause that a busy machine makes now and then, but not five times in a row. */
    private static final Duration LATE = Duration.ofMillis(250);

    private TimingRules() {}

    static List<Finding> judge(CaseFile file) {
        var findings = new ArrayList<Finding>();
        file.all(Evidence.Idle.class).forEach(seen -> findings.add(idle(file, seen)));
        file.first(Evidence.Push.class).ifPresent(seen -> findings.add(push(file, seen)));
        return findings;
    }

    private static Finding idle(CaseFile file, Evidence.Idle seen) {
        String name = seen.transport().equals("polling") ? "polling request" : "WebSocket";
        if (seen.pinged()) {
            return Finding.fine(Cause.IDLE_SURVIVES, "An idle " + name + " lives until the server's ping",
                    "held for " + Numbers.time(seen.held()));
        }
        var survives = survives(seen.held());
        String how = seen.outcome().map(HandshakeRules::shown).orElse("closed");
        var finding = Finding
                .broken(Cause.IDLE_CUT, "An idle " + name + " is cut after " + Numbers.time(seen.held()),
                        "Something between ends what is silent for " + Numbers.time(seen.held())
                                + ", but the server pings only each " + Numbers.time(seen.pingInterval())
                                + ": every quiet connection is lost, again and again.",
                        how + ", after " + Numbers.time(seen.held()) + " without a byte; pingInterval "
                                + seen.pingInterval().toMillis() + " ms")
                .fix(Remedies.idle(Recognition.main(file), survives));
        // A WebSocket that is lost leaves polling; and what ended it may also have been the server.
        boolean byServer = seen.outcome()
                .filter(outcome -> outcome instanceof Outcome.Failed failed
                        && failed.why().detail().contains("close packet"))
                .isPresent();
        return byServer ? finding.but(Confidence.POSSIBLE) : finding;
    }

    /** Four fifths of what was survived, in whole seconds if there are any. */
    static Duration survives(Duration cutAfter) {
        long millis = cutAfter.toMillis() * 4 / 5;
        return Duration
                .ofMillis(millis >= 1_000 ? millis / 1_000 * 1_000 : Math.max(100, millis / 100 * 100));
    }

    private static Finding push(CaseFile file, Evidence.Push seen) {
        String shown = "best of " + seen.samples() + ": a POST answered in " + Numbers.time(seen.answered())
                + ", what it caused arrived after " + Numbers.time(seen.pushed());
        if (seen.pushed().minus(seen.answered()).compareTo(LATE) <= 0) {
            return Finding.fine(Cause.PUSH_PROMPT, "What the server pushes arrives at once", shown);
        }
        return Finding.impaired(Cause.PUSH_LATE, "What the server pushes arrives late",
                "Something between holds answers back before it passes them on. Speech breaks up, and heartbeats may come too late.",
                shown).fix(Remedies.buffering(Recognition.main(file))).but(Confidence.LIKELY);
    }
}
