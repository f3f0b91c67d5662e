package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Doctor.assertFound;
import static dev.parley.doctor.rig.Doctor.assertHealthy;
import static dev.parley.doctor.rig.Doctor.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.VoiceRules.Grade;
import dev.parley.doctor.rule.VoiceRules.Voice;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What no ordinary proxy can be made to do. Alone, since some of it is a matter of milliseconds. */
@Isolated
class FaultProxyIT {
    private final Backend backend = Backend.start();

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void upgradesRefusedAsEnvoyDoes() {
        var report = through(new Fault.RefuseUpgrade(403, "envoy"));

        assertFound(report, Health.IMPAIRED, Cause.WEBSOCKET_REFUSED);
        assertThat(report.verdict().words()).startsWith(
                "Works, on polling only: the platform refuses WebSocket (403 from Envoy). Do not retry it.")
                .contains("Voice over polling is good here (p99 ");
    }

    @Test
    void aLimitOfEveryRequestBelowThePingInterval() {
        var report = through(new Fault.Limit(Duration.ofMillis(2_400)));

        assertThat(Doctor.faults(report)).as(Doctor.text(report)).contains(Cause.IDLE_CUT);
        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
    }

    @Test
    void aLimitThatSparesPollingCutsABusyWebSocket() {
        try (var quick = Backend.start(Backend.options().pingInterval(Duration.ofMillis(400)).build());
                var proxy = FaultProxy.start(quick.port(), new Fault.Limit(Duration.ofMillis(1_800)))) {
            var report = Doctor.examine(proxy.url());

            assertThat(Doctor.faults(report)).as(Doctor.text(report))
                    .contains(Cause.CUT_WHILE_BUSY)
                    .doesNotContain(Cause.IDLE_CUT);
        }
    }

    @Test
    void framesThatAreSwallowed() {
        assertFound(through(new Fault.EatFrames()), Health.IMPAIRED, Cause.WEBSOCKET_SILENT);
    }

    @Test
    void bytesThatAreChanged() {
        var report = through(new Fault.Corrupt());

        assertFound(report, Health.BROKEN, Cause.CORRUPTED);
        assertThat(finding(report, Cause.CORRUPTED).evidence())
                .containsExactly("2048 bytes came back, the first difference at 2047");
    }

    @Test
    void aCompressingBox() {
        assertFound(through(new Fault.Compress()), Health.HEALTHY, Cause.COMPRESSED);
    }

    @Test
    void aBoxThatHoldsAnswersBack() {
        var report = through(new Fault.Hold(Duration.ofMillis(700)));

        assertThat(Doctor.faults(report)).as(Doctor.text(report)).contains(Cause.PUSH_LATE);
        assertThat(report.verdict().health()).isEqualTo(Health.IMPAIRED);
    }

    @Test
    void aLongWayIsSeenInVoiceOverPolling() {
        var report = through(new Fault.Delay(Duration.ofMillis(90)));

        // On a busy machine it may even be bad; good it cannot be, since a batch waits for the one before.
        assertThat(Doctor.faults(report)).as(Doctor.text(report))
                .containsAnyOf(Cause.VOICE_MARGINAL, Cause.VOICE_BAD);
        assertThat(Doctor.faults(report)).isSubsetOf(Cause.VOICE_MARGINAL, Cause.VOICE_BAD);
        assertThat(report.voices()).anyMatch(voice -> voice.transport().equals("polling")
                && voice.grade() != Grade.GOOD && voice.cushion() >= 320);
        assertThat(report.verdict().words())
                .containsPattern("Voice over polling is (marginal|not possible) here");
    }

    @Test
    void lossMakesHolesInVoice() {
        var report = through(new Fault.Stall(Duration.ofMillis(400), Duration.ofMillis(200)));

        assertThat(report.voices()).as(Doctor.text(report))
                .hasSize(2)
                .allMatch(voice -> voice.gaps() > 5 && voice.grade() != Grade.GOOD);
        // A doctor on a machine that is too busy to keep the pace of speech blames nobody.
        boolean judged = report.voices().stream().anyMatch(Voice::sure);
        assertThat(report.verdict().health()).isEqualTo(judged ? Health.IMPAIRED : Health.HEALTHY);
    }

    @Test
    void aShortWayIsNoFault() {
        assertHealthy(through(new Fault.Delay(Duration.ofMillis(5))));
    }

    private Report through(Fault fault) {
        try (var proxy = FaultProxy.start(backend.port(), fault)) {
            return Doctor.examine(proxy.url());
        }
    }
}
