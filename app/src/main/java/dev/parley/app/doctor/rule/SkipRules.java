package dev.parley.app.doctor.rule;

import dev.parley.app.doctor.evidence.CaseFile;
import dev.parley.app.doctor.evidence.Evidence.Skipped;
import java.util.List;

/** What could not be looked at is said, not passed over. */
final class SkipRules {

    private SkipRules() {}

    static List<Finding> judge(CaseFile file) {
        return file.all(Skipped.class)
                .map(seen -> Finding.note(Cause.NOT_EXAMINED, "Not examined: " + seen.probe(), seen.why()))
                .toList();
    }
}
