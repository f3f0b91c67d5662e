package dev.parley.doctor.cases;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rig.Examinations;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Plays one case: the doctor's look, and the client's. */
final class CaseRun {
    private static final Plan FULL = new Plan(false, Duration.ofSeconds(100), Duration.ofSeconds(10), 12, 4,
            Duration.ofSeconds(3), Duration.ofSeconds(60), 2 * 1024 * 1024, Optional.empty(), false);
    private static final Plan SHORT = new Plan(true, Duration.ofMillis(1_500), Duration.ofMillis(1_200), 4, 4,
            Duration.ZERO, Duration.ZERO, 0, Optional.empty());

    private CaseRun() {}

    static Report examine(Case played, Site site) {
        var target = target(played, site.port());
        return switch (played.look()) {
            case QUICK -> Examinations.examine(target, Examinations.QUICK);
            case FULL -> Examinations.examine(target, FULL);
            case SHORT -> Examinations.examine(target, SHORT);
            case BUSY -> Examinations.examine(target,
                    Examinations.QUICK.withResponseTimeout(SHORT.responseTimeout()), Examinations.BUSY);
        };
    }

    private static Target target(Case played, int port) {
        boolean tls = isTls(played);
        var header = header(played);
        return new Target(new ServerAddress(host(played), port, tls), "/socket.io/", "/", List.of(),
                header.map(line -> Map.of(line.split(": ", 2)[0], line.split(": ", 2)[1])).orElse(Map.of()),
                played.one("origin"), Optional.empty());
    }

    /** Runs socket.io-client, of the version of the server where that is given. */
    static ClientSeen client(Case played, Site site, CaseCertificates certificates)
            throws IOException, InterruptedException {
        String version = played.path()
                .stream()
                .filter(part -> part.kind().equals("node"))
                .map(part -> part.variant().substring(0, 1))
                .findFirst()
                .orElse("4");
        var command = new ArrayList<>(List.of("node", CaseFile.HOME.resolve("node/client.cjs").toString(),
                version, (isTls(played) ? "https://" : "http://") + host(played) + ":" + site.port()));
        header(played).ifPresent(command::add);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (isTls(played)) {
            builder.environment().put("NODE_EXTRA_CA_CERTS", certificates.trusted().chain().toString());
        }
        var process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(60, TimeUnit.SECONDS);
            return JsonMapper.shared().readValue(output, ClientSeen.class);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isTls(Case played) {
        return played.one("scheme").filter("https"::equals).isPresent();
    }

    private static String host(Case played) {
        return played.one("host").orElse("127.0.0.1");
    }

    private static Optional<String> header(Case played) {
        return played.one("header").map(line -> line.replace("${1500}", "a=" + "x".repeat(1_500)));
    }
}
