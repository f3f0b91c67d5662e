package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.Scenario.Entry;
import dev.parley.bench.driver.Driver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kinds of scenario in small, against Parley and the floor: does every message come back, is everything measured? */
@Tag("real-time")
class RunnerIT {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Pace PACE = new Pace(0.3, Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 40, 50,
            false);

    @TempDir
    private Path logs;

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET_SATURATED", "BINARY_SATURATED", "POLLING_PACED", "BROADCAST"})
    void everyServerEchoes(Scenario scenario) {
        try (var driver = new Driver();
                var parley = start(Subject.PARLEY);
                var floor = start(Subject.FLOOR)) {
            var entries = entries(scenario, Map.of(Subject.PARLEY, parley, Subject.FLOOR, floor));
            var results = new Runner(driver, PACE).echoes(scenario, entries);
            assertThat(results).hasSameSizeAs(entries).allSatisfy((entry, series) -> {
                assertThat(series.all().messages()).isPositive();
                assertThat(series.all().skipped()).isZero();
            });
        }
    }

    @Test
    void everyClientUpgrades() {
        try (var driver = new Driver(); var parley = start(Subject.PARLEY)) {
            var entries = entries(Scenario.UPGRADE, Map.of(Subject.PARLEY, parley));
            var results = new Runner(driver, PACE).upgrades(entries);
            assertThat(results.values()).hasSize(1).allSatisfy(series -> {
                assertThat(series.all().messages()).isEqualTo(40);
                assertThat(series.all().skipped()).isZero();
            });
        }
    }

    /** Fifty connections weigh less than what a collection leaves behind, so only what was read at the beginning can be held to anything. */
    @Test
    void readsResidentMemoryOfServer() {
        try (var driver = new Driver(); var parley = start(Subject.PARLEY)) {
            assertThat(new Runner(driver, PACE).idle(parley).before()).isBetween(20e6, 2e9);
        }
    }

    private ServerProcess start(Subject subject) {
        return ServerProcess.start(subject, HOME, List.of(), List.of(), logs);
    }

    private static Map<Entry, ServerProcess> entries(Scenario scenario, Map<Subject, ServerProcess> servers) {
        var entries = new LinkedHashMap<Entry, ServerProcess>();
        for (Entry entry : scenario.entries(Set.copyOf(servers.keySet()), false)) {
            entries.put(entry, servers.get(entry.subject()));
        }
        return entries;
    }
}
