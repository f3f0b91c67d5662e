package dev.parley.bench;

import dev.parley.bench.attack.Attackers;
import dev.parley.bench.attack.Neighbour;
import dev.parley.bench.attack.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Attacks a server with a heap of 256 MB and measures how long a well-behaved client waits, how much memory the server takes, and
 * whether it frees it. Prints a Markdown table; exit code 1 if a limit is exceeded.
 */
public final class Attack {
    static final int HEAP_MB = 256;
    private static final List<String> ATTACKS = List.of("pollers", "deaf", "unknown", "transfers");
    private static final int RUNS = 3;
    private static final int QUIET_SECONDS = 10;

    private final Path home = Path.of(System.getProperty("bench.home", "bench"));
    private final List<String> prefix = List.of(System.getProperty("bench.prefix", "").split(" "))
            .stream()
            .filter(word -> !word.isEmpty())
            .toList();
    private final int seconds;
    private boolean passed = true;

    private Attack(int seconds) {
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        var wanted = new ArrayList<>(List.of(args));
        int seconds = wanted.remove("--quick") ? 10 : 30;
        var attack = new Attack(seconds);
        if (wanted.isEmpty()) {
            wanted.addAll(ATTACKS);
        }
        for (String name : wanted) {
            if (!ATTACKS.contains(name)) {
                System.err.println("attack: there is no attack " + name + "; choose from "
                        + String.join(", ", ATTACKS) + ", and --quick");
                System.exit(64);
            }
        }
        System.out.println(AttackResult.HEADER);
        for (String name : wanted) {
            if (name.equals("transfers")) {
                attack.transfers();
            } else {
                attack.run(Attackers.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
            }
        }
        System.exit(attack.passed ? 0 : 1);
    }

    /** Runs an attack, and twice more if a limit was exceeded: single runs vary by a factor of two, so medians are judged. */
    private void run(Attackers.Kind kind) throws IOException, InterruptedException {
        var results = new ArrayList<AttackResult>();
        results.add(attack(kind));
        System.out.println(results.getFirst().row(kind.title()));
        if (!results.getFirst().withinLimits()) {
            while (results.size() < RUNS) {
                results.add(attack(kind));
                System.out.println(results.getLast().row("the same"));
            }
            System.out.println(AttackResult.median(results).row("the same, medians"));
        }
        passed &= AttackResult.median(results).withinLimits();
    }

    private AttackResult attack(Attackers.Kind kind) throws IOException, InterruptedException {
        try (var server = start(); var neighbour = new Neighbour(server.port())) {
            // Loads classes and fills pools before memory is measured.
            var first = Attackers.start(kind, server.port());
            pause(5);
            first.close();
            pause(QUIET_SECONDS);
            long heap = server.heapAfterCollection();
            long direct = server.directMemory();
            neighbour.p99();
            neighbour.slowestHealth();
            pause(QUIET_SECONDS);
            double quiet = neighbour.p99();
            long resident = 0;
            long cut;
            double attacked;
            double health;
            try (var attackers = Attackers.start(kind, server.port())) {
                for (int i = 0; i < seconds * 4; i++) {
                    TimeUnit.MILLISECONDS.sleep(250);
                    resident = Math.max(resident, server.resident());
                }
                cut = attackers.cut();
                attacked = neighbour.p99();
                health = neighbour.slowestHealth();
            }
            pause(seconds);
            double grown = server.heapAfterCollection() - heap + server.directMemory() - direct;
            return new AttackResult(quiet, attacked, health, resident / 1e6, (heap + direct) / 1e6,
                    grown / 1e6, cut);
        }
    }

    private void transfers() throws Exception {
        try (var server = start(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = server.port();
            List<Callable<String>> all = List.of(() -> Transfer.down(port, true),
                    () -> Transfer.down(port, false), () -> Transfer.up(port, true),
                    () -> Transfer.up(port, false));
            var names = List.of("100 × 1 MB down at 2 MB/s, WebSocket", "the same, polling",
                    "100 × 64 KB up to a handler of 10 ms, WebSocket", "the same, polling");
            System.out.println();
            var results = threads.invokeAll(all);
            for (int i = 0; i < results.size(); i++) {
                String fault = results.get(i).get();
                passed &= fault.isEmpty();
                System.out.println("* " + names.get(i) + ": "
                        + (fault.isEmpty() ? "all, in order" : "**" + fault + "**"));
            }
        }
    }

    private ServerProcess start() {
        return ServerProcess.start(Subject.PARLEY, home, prefix, List.of("-Xms64m", "-Xmx" + HEAP_MB + "m",
                "-Xmn64m", "-XX:-AlwaysPreTouch", "-XX:+ExitOnOutOfMemoryError"),
                home.resolve("target/attack"));
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }
}
