package dev.parley.doctor.rule;

import static dev.parley.doctor.rule.SampleEvidence.affinity;
import static dev.parley.doctor.rule.SampleEvidence.affinityOf;
import static dev.parley.doctor.rule.SampleEvidence.healthyBut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.EvidenceLog;
import org.junit.jupiter.api.Test;

/** Evidence with several explanations, and how careful the conclusions are. */
class WeakEvidenceTest {

    @Test
    void remedyOfNoAffinityIsWords() {
        for (var servers : new int[]{0, 4}) {
            var log = healthyBut(affinityOf(servers, 16), affinity(ClientMode.COOKIES, 15));

            assertThat(of(log, Cause.NO_AFFINITY).fix()).get()
                    .asString()
                    .doesNotContain("Remedy", "lines=", "words=");
        }
    }

    private static Finding of(EvidenceLog log, Cause cause) {
        return Rules.evaluate(log)
                .stream()
                .filter(finding -> finding.cause() == cause)
                .findFirst()
                .orElseThrow();
    }
}
