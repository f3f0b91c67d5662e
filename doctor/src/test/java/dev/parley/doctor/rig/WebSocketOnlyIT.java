package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.assertFound;
import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Severity;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server without polling, which works for clients that start with WebSocket. */
@Tag("real-time")
class WebSocketOnlyIT {

    @Test
    void webSocketOnlyServerIsImpairedAndFullyExamined() {
        try (var server = start()) {
            var report = Examinations.examine(server.url());

            assertFound(report, Health.IMPAIRED, Cause.POLLING_OFF);
            assertThat(report.verdict().health().exitCode()).isEqualTo(1);
            assertThat(report.verdict().description())
                    .startsWith("Works on WebSocket only: polling is turned off on the server.")
                    .contains("transports: [\"websocket\"]")
                    .contains("refuses WebSocket")
                    .contains("Voice over websocket");
            assertThat(finding(report, Cause.POLLING_OFF).fix()).get().asString().contains("websocket");
            assertThat(report.findings()).filteredOn(finding -> finding.severity() == Severity.OK)
                    .extracting(Finding::cause)
                    .contains(Cause.REACHABLE, Cause.WEBSOCKET_WORKS, Cause.CONNECT_WORKS,
                            Cause.IDLE_SURVIVES, Cause.BINARY_INTACT);
            assertThat(report.result().log().cadence("websocket")).isPresent();
            assertThat(report.checklist()).filteredOn(item -> item.done())
                    .extracting(item -> item.title())
                    .contains("Reconnection after a cut", "Several users at once");
        }
    }

    @Test
    void quickExaminationFindsTheSame() {
        try (var server = start()) {
            var report = Examinations.examine(
                    Examinations.target(server.url(), "/socket.io/", Optional.empty()), Examinations.QUICK);

            assertFound(report, Health.IMPAIRED, Cause.POLLING_OFF);
            assertThat(finding(report, Cause.CONNECT_WORKS).severity()).isEqualTo(Severity.OK);
        }
    }

    private static TestServer start() {
        return TestServer.start(TestServer.options().transports(List.of(TransportKind.WEBSOCKET)).build());
    }
}
