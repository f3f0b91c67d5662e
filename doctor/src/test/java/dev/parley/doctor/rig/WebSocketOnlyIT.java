package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Doctor.assertFound;
import static dev.parley.doctor.rig.Doctor.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Severity;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that was told to do without polling: it works for clients that were told, too. */
class WebSocketOnlyIT {

    @Test
    void worksForClientsThatAreToldAndIsExaminedAsFarAsItGoes() {
        try (var server = start()) {
            var report = Doctor.examine(server.url());

            assertFound(report, Health.IMPAIRED, Cause.POLLING_OFF);
            assertThat(report.verdict().health().exitCode()).isEqualTo(1);
            assertThat(report.verdict().words())
                    .startsWith("Works on WebSocket only: polling is turned off on the server.")
                    .contains("transports: [\"websocket\"]")
                    .contains("refuses WebSocket")
                    .contains("Voice over websocket");
            assertThat(finding(report, Cause.POLLING_OFF).fix()).get().asString().contains("websocket");
            assertThat(report.findings()).filteredOn(finding -> finding.severity() == Severity.OK)
                    .extracting(Finding::cause)
                    .contains(Cause.REACHABLE, Cause.WEBSOCKET_WORKS, Cause.CONNECT_WORKS,
                            Cause.IDLE_SURVIVES, Cause.BINARY_INTACT);
            assertThat(report.result().file().cadence("websocket")).isPresent();
            assertThat(report.checklist()).filteredOn(item -> item.done())
                    .extracting(item -> item.title())
                    .contains("Reconnection after a cut", "Several users at once");
        }
    }

    @Test
    void aQuickLookSaysTheSame() {
        try (var server = start()) {
            var report = Doctor.examine(Doctor.target(server.url(), "/socket.io/", Optional.empty()),
                    Doctor.QUICK);

            assertFound(report, Health.IMPAIRED, Cause.POLLING_OFF);
            assertThat(finding(report, Cause.CONNECT_WORKS).severity()).isEqualTo(Severity.OK);
        }
    }

    private static Backend start() {
        return Backend.start(Backend.options().transports(List.of(TransportKind.WEBSOCKET)).build());
    }
}
