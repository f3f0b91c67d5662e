package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.Examination;
import dev.parley.doctor.report.Redactor;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.report.TextReport;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs examinations with all probes and short audio, and checks their findings. */
public final class Examinations {
    /** Notes that are no faults: some measurements fail on a busy machine, and other origins are not allowed by default. */
    private static final List<Cause> HARMLESS = List.of(Cause.NOT_EXAMINED, Cause.CORS_MISSING,
            Cause.OLD_CLIENTS_REFUSED);

    /** A quick plan with long timeouts, for tests that do not depend on the duration. */
    public static final Plan QUICK = new Plan(true, Duration.ofSeconds(60), Duration.ofSeconds(20), 4, 4,
            Duration.ZERO, Duration.ZERO, 0, Optional.empty());

    /** Measures a machine that is never busy, so that silence of a test server counts, however busy this machine is. */
    public static final Examination.CpuMeter IDLE = new FixedCpu(false);
    /** Measures a machine that is always busy. */
    public static final Examination.CpuMeter BUSY = new FixedCpu(true);

    private record FixedCpu(boolean isBusy) implements Examination.CpuMeter {
        @Override
        public void reset() {}
    }

    private Examinations() {}

    public static Report examine(String url) {
        return examine(target(url, "/socket.io/", Optional.empty()));
    }

    public static Report examine(Target target) {
        var plan = new Plan(false, Duration.ofSeconds(100), Duration.ofSeconds(10), 12, 4,
                Duration.ofSeconds(3), Duration.ofSeconds(60), 2 * 1024 * 1024, Optional.of("/health"));
        return examine(target, plan);
    }

    public static Report examine(Target target, Plan plan) {
        return examine(target, plan, IDLE);
    }

    /** Examines one of two readings of a URL. */
    static Report examine(Target target, Optional<Target> other, Plan plan) {
        return examine(target, other, plan, IDLE);
    }

    public static Report examine(Target target, Plan plan, Examination.CpuMeter cpu) {
        return examine(target, Optional.empty(), plan, cpu);
    }

    private static Report examine(Target target, Optional<Target> other, Plan plan,
            Examination.CpuMeter cpu) {
        try {
            return Report.of(new Examination(plan, Clock.systemUTC(), new Examination.ProgressListener() {
                @Override
                public void started(String title) {}

                @Override
                public void waiting(String title, Duration atMost) {}
            }, cpu).examine(target, other), Redactor.of(target));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Target target(String url, String path, Optional<String> origin) {
        var uri = URI.create(url);
        return new Target(new ServerAddress(uri.getHost(), uri.getPort(), false), path, "/", List.of(),
                Map.of(), origin, Optional.empty());
    }

    static Target inNamespace(Target target, String namespace) {
        return new Target(target.endpoint(), target.path(), namespace, target.query(), target.headers(),
                target.origin(), target.auth());
    }

    static Target withTls(Target target, boolean tls) {
        var at = target.endpoint();
        return new Target(new ServerAddress(at.host(), at.port(), tls), target.path(), target.namespace(),
                target.query(), target.headers(), target.origin(), target.auth());
    }

    /** Returns each cause that is not harmless, once. */
    public static List<Cause> faults(Report report) {
        return report.findings()
                .stream()
                .filter(finding -> finding.severity() != Severity.OK && !HARMLESS.contains(finding.cause()))
                .map(Finding::cause)
                .distinct()
                .toList();
    }

    public static Finding finding(Report report, Cause cause) {
        return report.findings()
                .stream()
                .filter(finding -> finding.cause() == cause)
                .findFirst()
                .orElseThrow(() -> new AssertionError(text(report)));
    }

    public static void assertHealthy(Report report) {
        assertThat(faults(report)).as(text(report)).isEmpty();
        assertThat(report.verdict().health()).isEqualTo(Health.HEALTHY);
    }

    /** Asserts that the report has exactly these faults. */
    public static void assertFound(Report report, Health health, Cause... causes) {
        assertThat(faults(report)).as(text(report)).containsExactlyInAnyOrder(causes);
        assertThat(report.verdict().health()).isEqualTo(health);
    }

    public static String text(Report report) {
        return new TextReport(false, 100, true).write(report);
    }
}
