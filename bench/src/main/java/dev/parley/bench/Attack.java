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
 * What a server with a heap of 256 MB does when clients mean harm: how long a client that behaves waits, how much memory is taken, and
 * whether it comes back. Prints a Markdown table; exit code 1 when a limit is passed.
 */
public final class Attack {
    private static final int HEAP_MB = 256;
    /** Netty may take as much direct memory as there may be heap. */
    private static final int RESIDENT_MB = HEAP_MB + HEAP_MB + 150;
    private static final double HEALTH_MILLIS = 1_000;
    private static final double NEIGHBOUR_MILLIS = 250;
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
            wanted.addAll(List.of("pollers", "deaf", "unknown", "transfers"));
        }
        System.out.println(
                "| attack | neighbour p99, quiet | attacked | slowest /health | resident | memory before | after | cut off |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String name : wanted) {
            if (name.equals("transfers")) {
                attack.transfers();
            } else {
                attack.run(Attackers.Kind.valueOf(name.toUpperCase(Locale.ROOT)));
            }
        }
        System.exit(attack.passed ? 0 : 1);
    }

    private void run(Attackers.Kind kind) throws IOException, InterruptedException {
        try (var server = start()) {
            try (var neighbour = new Neighbour(server.port())) {
                // Classes are loaded and pools filled before memory is looked at.
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
                String title;
                try (var attackers = Attackers.start(kind, server.port())) {
                    for (int i = 0; i < seconds * 4; i++) {
                        TimeUnit.MILLISECONDS.sleep(250);
                        resident = Math.max(resident, server.resident());
                    }
                    cut = attackers.cut();
                    title = attackers.title();
                    attacked = neighbour.p99();
                    health = neighbour.slowestHealth();
                }
                pause(seconds);
                long heapGrown = server.heapAfterCollection() - heap;
                long directGrown = server.directMemory() - direct;
                double allowed = Math.max(NEIGHBOUR_MILLIS, 10 * quiet);
                double grown = (heapGrown + directGrown) / 1e6;
                System.out.printf(Locale.ROOT, "| %s | %.1f ms | %s | %s | %s | %d MB | %s | %d |%n", title,
                        quiet, judged("%.0f ms", attacked, allowed), judged("%.0f ms", health, HEALTH_MILLIS),
                        judged("%.0f MB", resident / 1e6, RESIDENT_MB), (heap + direct) / 1_000_000,
                        judged("%.1f MB more", grown, Math.max(5, (heap + direct) / 1e7)) + String.format(
                                Locale.ROOT, " (heap %.1f, direct %.1f)", heapGrown / 1e6, directGrown / 1e6),
                        cut);
            }
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

    private String judged(String format, double value, double allowed) {
        String text = String.format(Locale.ROOT, format, value);
        if (value <= allowed) {
            return text;
        }
        passed = false;
        return "**" + text + "**, allowed " + String.format(Locale.ROOT, format, allowed);
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }
}
