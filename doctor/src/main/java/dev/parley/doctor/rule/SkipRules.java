package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Evidence.Skipped;
import java.util.ArrayList;
import java.util.List;

/** What could not be looked at is said, not passed over. */
final class SkipRules {

    private SkipRules() {}

    static List<Finding> judge(CaseFile file) {
        var findings = new ArrayList<Finding>();
        if (onlyTheHandshake(file)) {
            findings.add(nothingBehind());
        }
        file.all(Skipped.class)
                .forEach(seen -> findings
                        .add(Finding.note(Cause.NOT_EXAMINED, "Not examined: " + seen.probe(), seen.why())));
        return findings;
    }

    static boolean onlyTheHandshake(CaseFile file) {
        return file.handshake().isPresent() && file.first(Evidence.Connect.class).isEmpty()
                && file.affinity(Habit.NEW_CONNECTIONS).filter(seen -> seen.requests() > 0).isEmpty();
    }

    /** A session that opens is no session that works: what was not seen is no all-clear. */
    private static Finding nothingBehind() {
        return Finding
                .impaired(Cause.NOT_EXAMINED, "There was no time to look behind the handshake",
                        "A session opens, so slowly that whether one can use it was not seen.",
                        "no request of a session was answered in time")
                .fix("Look again without --quick, which waits longer; and see why the server or the way to it is slow.")
                .but(Confidence.LIKELY);
    }
}
