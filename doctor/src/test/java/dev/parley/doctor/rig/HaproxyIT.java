package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.assertFound;
import static dev.parley.doctor.rig.Examinations.assertHealthy;
import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.software.Platform;
import dev.parley.testing.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Faults in the configuration of HAProxy in front of healthy servers. */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class HaproxyIT {
    @TempDir
    Path folder;

    private final TestServer backend = TestServer.start();
    private Proxies proxies = new Proxies(Path.of("."));

    @BeforeEach
    void open() {
        proxies = new Proxies(folder);
    }

    @AfterEach
    void close() {
        proxies.close();
        backend.close();
    }

    @Test
    void correctConfigurationIsHealthy() {
        assertHealthy(Examinations.examine(proxies.haproxy("", "", "", backend)));
    }

    @Test
    void roundRobinOverThreeServersLacksAffinity() {
        try (var second = TestServer.start(); var third = TestServer.start()) {
            var report = Examinations
                    .examine(proxies.haproxy("", "", "balance roundrobin", backend, second, third));

            assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.NO_AFFINITY);
            assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        }
    }

    @Test
    void affinityByCookieIsReported() {
        try (var second = TestServer.start(); var third = TestServer.start()) {
            var report = Examinations.examine(proxies.haproxy("", "",
                    "balance roundrobin\ncookie SERVERID insert indirect nocache", backend, second, third));

            assertFound(report, Health.HEALTHY, Cause.AFFINITY_BY_COOKIE);
            assertThat(finding(report, Cause.AFFINITY_BY_COOKIE).title())
                    .isEqualTo("Affinity by cookie: SERVERID");
            assertThat(report.platforms().getFirst().platform()).isEqualTo(Platform.HAPROXY);
            assertThat(report.verdict().description())
                    .contains("Clients must keep the load balancer's cookie.");
        }
    }

    @Test
    void idleTimeoutBelowPingIntervalIsReported() {
        var report = Examinations
                .examine(proxies.haproxy("timeout server 2s\ntimeout tunnel 2s", "", "", backend));

        assertThat(Examinations.faults(report)).as(Examinations.text(report)).contains(Cause.IDLE_CUT);
        assertThat(report.verdict().health()).isEqualTo(Health.BROKEN);
        assertThat(finding(report, Cause.IDLE_CUT).fix()).get().asString().contains("timeout server 90s");
    }

    @Test
    void removedUpgradeHeadersAreReported() {
        var report = Examinations
                .examine(proxies.haproxy("", "http-request del-header Upgrade", "", backend));

        assertFound(report, Health.IMPAIRED, Cause.WEBSOCKET_HEADERS_LOST);
    }

    @Test
    void deniedUpgradesAreReported() {
        var report = Examinations.examine(proxies.haproxy("",
                "http-request deny deny_status 403 if { req.hdr(Upgrade) -i websocket }", "", backend));

        assertFound(report, Health.IMPAIRED, Cause.WEBSOCKET_REFUSED);
        assertThat(report.verdict().description())
                .contains("the platform refuses WebSocket (403 from HAProxy)");
    }

    @Test
    void missingServerIsReported() {
        var report = Examinations.examine(proxies.haproxyBefore("", "", "", Ports.free()));
        assertFound(report, Health.BROKEN, Cause.ORIGIN_DOWN);
    }
}
