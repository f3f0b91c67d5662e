package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Skipped;
import dev.parley.doctor.evidence.Evidence.Unfinished;
import dev.parley.doctor.evidence.EvidenceLog;
import java.util.ArrayList;
import java.util.List;

/** Reports the properties that could not be examined. */
final class SkipRules {

    private SkipRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        if (onlyTheHandshake(log)) {
            findings.add(nothingBehind());
        }
        log.all(Unfinished.class)
                .forEach(
                        seen -> findings.add(Finding.unknown(Cause.NOT_EXAMINED, "Not known: " + seen.probe(),
                                "Nothing is concluded from it: " + seen.hindrance().description() + ".")));
        log.all(Skipped.class)
                .forEach(seen -> findings
                        .add(Finding.note(Cause.NOT_EXAMINED, "Not examined: " + seen.probe(), seen.why())));
        return findings;
    }

    static boolean onlyTheHandshake(EvidenceLog log) {
        return log.handshake().isPresent() && log.first(Evidence.Connect.class).isEmpty()
                && log.affinity(ClientMode.NEW_CONNECTIONS).filter(seen -> seen.requests() > 0).isEmpty();
    }

    /** A session that opens may still not work. */
    private static Finding nothingBehind() {
        return Finding
                .unknown(Cause.NOT_EXAMINED, "Only the handshake could be examined",
                        "A session opens, but its use could not be examined.",
                        "no request of a session was answered while the doctor waited")
                .fix("Run the doctor again; without --quick it waits longer.");
    }
}
