package dev.parley.bench;

import dev.parley.bench.Scenario.Entry;
import dev.parley.bench.driver.BenchException;
import dev.parley.bench.driver.Driver;
import dev.parley.bench.server.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bench's command line: {@code [scenario…] [--quick] [--only=server,…] [--before=clone] [--jfr]}. Prints Markdown. */
public final class Bench {
    private final Path home;
    private final List<String> prefix;
    private final boolean record;
    private final Path before;

    private Bench(Path home, Path before, List<String> prefix, boolean record) {
        this.home = home;
        this.before = before;
        this.prefix = prefix;
        this.record = record;
    }

    public static void main(String[] args) {
        var scenarios = new ArrayList<Scenario>();
        var subjects = EnumSet.complementOf(EnumSet.of(Subject.BEFORE));
        var before = Optional.<Path>empty();
        var pace = Pace.full();
        boolean record = false;
        for (String arg : args) {
            if (arg.equals("--quick")) {
                pace = Pace.quick();
            } else if (arg.equals("--jfr")) {
                record = true;
            } else if (arg.startsWith("--before=")) {
                before = Optional.of(Path.of(arg.substring(9)).toAbsolutePath().resolve("bench"));
            } else if (arg.startsWith("--only=")) {
                subjects.clear();
                for (String name : List.of(arg.substring(7).split(","))) {
                    subjects.add(Subject.valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
                }
            } else {
                scenarios.add(Scenario.named(arg));
            }
        }
        if (before.isPresent()) {
            subjects.add(Subject.BEFORE);
        }
        // How the command pins the servers; empty where that is not possible.
        var prefix = List.of(System.getProperty("bench.prefix", "").split(" "))
                .stream()
                .filter(word -> !word.isEmpty())
                .toList();
        var home = Path.of(System.getProperty("bench.home", ".")).toAbsolutePath();
        var bench = new Bench(home, before.orElse(home), prefix, record);
        System.out.println("JDK " + Runtime.version().feature() + ", Parley and the floor on "
                + Transport.name() + ", servers started with: "
                + (prefix.isEmpty() ? "no pinning" : String.join(" ", prefix)) + ", " + pace.rounds()
                + " rounds of " + pace.window().toMillis() + " ms");
        bench.run(scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios, subjects, pace);
    }

    private void run(List<Scenario> scenarios, Set<Subject> subjects, Pace pace) {
        try (var driver = new Driver()) {
            var runner = new Runner(driver, pace);
            for (Scenario scenario : scenarios) {
                if (scenario.kind() == Scenario.Kind.IDLE) {
                    idle(runner, subjects, pace);
                } else {
                    traffic(scenario, runner, subjects, pace);
                }
            }
        }
    }

    /** Each scenario has fresh servers: what the one before left of garbage and of compiled code is nobody's advantage. */
    private void traffic(Scenario scenario, Runner runner, Set<Subject> subjects, Pace pace) {
        var servers = new EnumMap<Subject, ServerProcess>(Subject.class);
        try {
            var entries = new LinkedHashMap<Entry, ServerProcess>();
            for (Entry entry : scenario.entries(subjects, pace.variants())) {
                entries.put(entry,
                        servers.computeIfAbsent(entry.subject(), subject -> start(subject, scenario)));
            }
            var results = scenario.kind() == Scenario.Kind.UPGRADE ? runner.upgrades(entries)
                    : runner.echoes(scenario, entries);
            System.out.println(Table.echoes(scenario, results));
        } catch (BenchException e) {
            System.err.println("bench: " + scenario.title() + ": " + e.getMessage());
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
    }

    private void idle(Runner runner, Set<Subject> subjects, Pace pace) {
        Map<Subject, Table.Memory> results = new EnumMap<>(Subject.class);
        for (Subject subject : subjects) {
            try (var server = start(subject, Scenario.IDLE)) {
                results.put(subject, runner.idle(server));
            } catch (BenchException e) {
                System.err.println("bench: " + subject.label() + ": " + e.getMessage());
            }
        }
        System.out.println(Table.idle(pace.idle(), results));
    }

    private ServerProcess start(Subject subject, Scenario scenario) {
        var recording = home.resolve("target/" + scenario + "-" + subject + ".jfr");
        List<String> extra = record && subject != Subject.REFERENCE
                ? List.of("-XX:StartFlightRecording=settings=profile,filename=" + recording,
                        "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints")
                : List.of();
        return ServerProcess.start(subject, subject == Subject.BEFORE ? before : home, prefix, extra,
                home.resolve("target/logs"));
    }
}
