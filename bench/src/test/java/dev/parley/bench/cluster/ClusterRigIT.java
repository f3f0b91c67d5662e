package dev.parley.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.Examination;
import dev.parley.doctor.report.Redactor;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rig in small: it counts everything of a cluster, and finds the faults of servers that are none. {@code build/cluster} is the whole. Needs
 * the programs redis-server, nginx, node and npm.
 */
class ClusterRigIT {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Path SCRIPTS = HOME.resolve("src/main/node/cluster");

    @TempDir
    private Path logs;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path lock = SCRIPTS.resolve("package-lock.json");
        Path installed = SCRIPTS.resolve("node_modules/.package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
            return;
        }
        var npm = new ProcessBuilder("npm", "ci").directory(SCRIPTS.toFile()).inheritIO().start();
        assertThat(npm.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(npm.exitValue()).isZero();
    }

    @Test
    void countsEverythingOfACluster() throws Exception {
        var verdict = run("steady-upgrade", rig -> assertThat(examined(rig.url()))
                .anyMatch(title -> title.matches("At least [23] servers act as one")));
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.acknowledged()).isEqualTo(16 * 40);
        assertThat(verdict.handled()).isEqualTo(16 * 40);
        // A quarter goes to a room of four, a quarter to another client, a quarter back.
        assertThat(verdict.delivered()).isEqualTo(16 * 10 * (4 + 1 + 1));
    }

    @Test
    void findsTheFaultsOfServersThatAreNoCluster() throws Exception {
        var verdict = run("apart", rig -> {});
        assertThat(verdict.acknowledged()).isEqualTo(16 * 40);
        assertThat(verdict.lost()).isPositive();
        assertThat(verdict.faults()).anyMatch(fault -> fault.startsWith("lost"))
                .anyMatch(fault -> fault.startsWith("a question of a server"));
    }

    /** What the doctor finds, from a dozen sessions. */
    private static List<String> examined(String url) throws InterruptedException {
        var address = URI.create(url);
        var target = new Target(new ServerAddress(address.getHost(), address.getPort(), false), "/socket.io/",
                "/", List.of(), Map.of(), Optional.empty(), Optional.empty());
        var plan = new Plan(true, Duration.ofSeconds(60), Duration.ofSeconds(20), 12, 4, Duration.ZERO,
                Duration.ZERO, 0, Optional.empty());
        var result = new Examination(plan, InstantSource.system(), new Silent(), new IdleMachine())
                .examine(target);
        return Report.of(result, Redactor.of(target)).findings().stream().map(Finding::title).toList();
    }

    private static final class Silent implements Examination.ProgressListener {
        @Override
        public void started(String title) {}

        @Override
        public void waiting(String title, Duration atMost) {}
    }

    /** So that silence counts, however busy this machine is. */
    private static final class IdleMachine implements Examination.CpuMeter {
        @Override
        public boolean isBusy() {
            return false;
        }

        @Override
        public void reset() {}
    }

    private PromiseChecks.Verdict run(String name, Rig.Script meanwhile) throws Exception {
        var one = ClusterCase.all()
                .stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .withClients(16)
                .withMessages(16 * 40);
        try (var rig = new Rig(new Rig.Place(HOME, logs, false, false), one.setup())) {
            rig.begin();
            one.script().run(rig);
            meanwhile.run(rig);
            rig.end();
            return rig.check(one.promise());
        }
    }
}
