package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.assertFound;
import static dev.parley.doctor.rig.Examinations.assertHealthy;
import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.VoiceRules.Grade;
import dev.parley.doctor.rule.VoiceRules.VoiceQuality;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Faults that real proxies cannot be configured to have. Runs alone, because some depend on milliseconds. */
@Tag("real-time")
@Isolated
class FaultProxyIT {
    private final TestServer backend = TestServer.start();

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void refusedUpgradeNamesEnvoy() {
        var report = through(new ProxyFault.RefuseUpgrade(403, "envoy"));

        assertFound(report, Health.IMPAIRED, Cause.WEBSOCKET_REFUSED);
        assertThat(report.verdict().description()).startsWith(
                "Works, on polling only: the platform refuses WebSocket (403 from Envoy). Do not retry it.")
                .contains("Voice over polling is good here (p99 ");
    }

    @Test
    void requestLimitBelowPingIntervalCutsIdleConnections() {
        var report = through(new ProxyFault.Limit(Duration.ofMillis(2_400)));

        assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.IDLE_CUT);
        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
    }

    @Test
    void connectionLimitCutsBusyWebSocketButNotPolling() {
        try (var quick = TestServer.start(TestServer.options().pingInterval(Duration.ofMillis(400)).build());
                var proxy = FaultProxy.start(quick.port(), new ProxyFault.Limit(Duration.ofMillis(1_800)))) {
            var report = Examinations.examine(proxy.url());

            assertThat(Examinations.faults(report)).as(Examinations.text(report))
                    .contains(Cause.CUT_WHILE_BUSY)
                    .doesNotContain(Cause.IDLE_CUT);
        }
    }

    @Test
    void droppedFramesAreReportedAsSilentWebSocket() {
        assertFound(through(new ProxyFault.EatFrames()), Health.IMPAIRED, Cause.WEBSOCKET_SILENT);
    }

    @Test
    void changedBytesAreReportedAsCorrupted() {
        var report = through(new ProxyFault.Corrupt());

        assertFound(report, Health.BROKEN, Cause.CORRUPTED);
        assertThat(finding(report, Cause.CORRUPTED).evidence())
                .containsExactly("2048 bytes came back, the first difference at 2047");
    }

    @Test
    void compressingProxyIsReported() {
        assertFound(through(new ProxyFault.Compress()), Health.HEALTHY, Cause.COMPRESSED);
    }

    @Test
    void bufferingProxyIsReportedAsLatePush() {
        var report = through(new ProxyFault.Hold(Duration.ofMillis(700)));

        assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.PUSH_LATE);
        assertThat(report.verdict().health()).isEqualTo(Health.IMPAIRED);
    }

    @Test
    void longDelayDegradesVoiceOverPolling() {
        var report = through(new ProxyFault.Delay(Duration.ofMillis(90)));

        // On a busy machine it may even be bad; good it cannot be, since a batch waits for the one before.
        assertThat(Examinations.faults(report)).isSubsetOf(Cause.VOICE_MARGINAL, Cause.VOICE_BAD);
        var polling = report.voices().stream().filter(voice -> voice.transport().equals("polling")).toList();
        assertThat(polling).as(Examinations.text(report))
                .hasSize(1)
                .allMatch(voice -> voice.grade() != Grade.GOOD && voice.cushion() >= 320);
        // A doctor on a machine that is too busy to keep the pace of speech reports no fault.
        if (polling.getFirst().sure()) {
            assertThat(Examinations.faults(report)).containsAnyOf(Cause.VOICE_MARGINAL, Cause.VOICE_BAD);
            assertThat(report.verdict().description())
                    .containsPattern("Voice over polling is (marginal|not possible) here");
        }
    }

    @Test
    void packetLossCausesGapsInVoice() {
        var report = through(new ProxyFault.Stall(Duration.ofMillis(400), Duration.ofMillis(200)));

        assertThat(report.voices()).as(Examinations.text(report))
                .hasSize(2)
                .allMatch(voice -> voice.gaps() > 5 && voice.grade() != Grade.GOOD);
        // A doctor on a machine that is too busy to keep the pace of speech reports no fault.
        boolean judged = report.voices().stream().anyMatch(VoiceQuality::sure);
        assertThat(report.verdict().health()).isEqualTo(judged ? Health.IMPAIRED : Health.HEALTHY);
    }

    @Test
    void shortDelayIsNoFault() {
        assertHealthy(through(new ProxyFault.Delay(Duration.ofMillis(5))));
    }

    private Report through(ProxyFault fault) {
        try (var proxy = FaultProxy.start(backend.port(), fault)) {
            return Examinations.examine(proxy.url());
        }
    }
}
