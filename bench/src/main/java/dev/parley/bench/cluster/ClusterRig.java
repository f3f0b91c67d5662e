package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The rig's command line. Runs cases, prints a table of what was counted, and ends with 1 when a promise is broken, 64 when the command line
 * is wrong.
 */
public final class ClusterRig {
    private static final int USAGE = 64;
    private static final String HELP = """
            build/cluster [--case NAME]… [--messages N] [--clients N] [--affinity] [--relay] [--list] [--help]
            build/cluster bench [--quick]
            build/cluster talk [embedded] [nova-sonic]
              --case NAME   only cases whose names begin with NAME; may be repeated. Default: all
              --messages N  events of all clients together, in cases that send a number of them
              --clients N   a multiple of 8. Default: 200
              --affinity    the load balancer sends all requests of a client to one server
              --relay       servers cannot reach each other, and relay over Redis
            """;

    private final Rig.Place place;

    private ClusterRig(Rig.Place place) {
        this.place = place;
    }

    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("bench")) {
            ClusterBench.run(Path.of(System.getProperty("bench.home", "bench")).toAbsolutePath(),
                    List.of(args).contains("--quick"));
            return;
        }
        if (args.length > 0 && args[0].equals("talk")) {
            var models = List.of(args).subList(1, args.length);
            if (!List.of("embedded", "nova-sonic").containsAll(models)) {
                System.err.println("cluster: talk takes embedded or nova-sonic\n" + HELP);
                System.exit(USAGE);
            }
            var home = Path.of(System.getProperty("bench.home", "bench")).toAbsolutePath();
            System.exit(TalkCases.run(home, home.resolve("target/cluster/talk"), models) ? 0 : 1);
        }
        var cases = new ArrayList<ClusterCase>();
        int messages = 0;
        int clients = 0;
        boolean affinity = false;
        boolean relay = false;
        var words = List.of(args).iterator();
        try {
            while (words.hasNext()) {
                String word = words.next();
                switch (word) {
                    case "--case" -> cases.addAll(named(words.next()));
                    case "--messages" -> messages = Integer.parseInt(words.next());
                    case "--clients" -> clients = Integer.parseInt(words.next());
                    case "--affinity" -> affinity = true;
                    case "--relay" -> relay = true;
                    case "--list" -> {
                        ClusterCase.all()
                                .forEach(one -> System.out.printf("%-24s %s%n", one.name(), one.about()));
                        return;
                    }
                    case "--help" -> {
                        System.out.print(HELP);
                        return;
                    }
                    default -> throw new IllegalArgumentException("there is no option " + word);
                }
            }
            if (clients % 8 != 0 || clients < 0 || messages < 0) {
                throw new IllegalArgumentException("--clients takes a multiple of 8, --messages a number");
            }
        } catch (RuntimeException e) {
            System.err.println("cluster: " + e.getMessage() + "\n" + HELP);
            System.exit(USAGE);
        }
        var home = Path.of(System.getProperty("bench.home", "bench")).toAbsolutePath();
        var rig = new ClusterRig(new Rig.Place(home, home.resolve("target/cluster"), affinity, relay));
        boolean kept = true;
        System.out.println(HEADER);
        for (ClusterCase one : cases.isEmpty() ? ClusterCase.all() : cases) {
            var chosen = clients == 0 ? one : one.withClients(clients);
            kept &= rig.run(messages == 0 ? chosen : chosen.withMessages(messages));
        }
        System.exit(kept ? 0 : 1);
    }

    private static List<ClusterCase> named(String name) {
        var found = ClusterCase.all().stream().filter(one -> one.name().startsWith(name)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no case " + name);
        }
        return found;
    }

    static final String HEADER = """
            | case | events acknowledged | handled | delivered | lost | lost, excused | twice | out of order | came back | recovered | seconds | promises |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|""";

    /** Runs a case and prints its row; returns whether its promises were kept. */
    private boolean run(ClusterCase one) throws InterruptedException {
        long begun = System.nanoTime();
        var logs = place.logs().resolve(one.name());
        try {
            delete(logs);
            var here = new Rig.Place(place.home(), logs, place.affinity(), place.relay());
            try (var rig = new Rig(here, one.setup())) {
                return report(one, rig, execute(one, rig), begun);
            }
        } catch (BenchException | IOException e) {
            System.out.println("| " + one.name() + " | | | | | | | | | | "
                    + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " | **not finished: "
                    + e.getMessage() + "** |");
            return false;
        }
    }

    private static PromiseChecks.Verdict execute(ClusterCase one, Rig rig) throws InterruptedException {
        try {
            rig.begin();
            one.script().run(rig);
            rig.end();
        } catch (InterruptedException e) {
            throw e;
        } catch (BenchException e) {
            // The counts so far say more than that the end was not reached.
            return rig.check(one.promise()).withFault("not finished: " + e.getMessage());
        } catch (Exception e) {
            throw new BenchException(one.name() + ": " + e, e);
        }
        return rig.check(one.promise());
    }

    private static boolean report(ClusterCase one, Rig rig, PromiseChecks.Verdict verdict, long begun) {
        boolean kept = verdict.faults().isEmpty() != one.expectsFaults();
        System.out.println("| "
                + String.join(" | ", one.name(), Long.toString(verdict.acknowledged()),
                        Long.toString(verdict.handled()), Long.toString(verdict.delivered()),
                        Long.toString(verdict.lost()), Long.toString(verdict.excused()),
                        Long.toString(verdict.doubled()), Long.toString(verdict.disordered()),
                        Integer.toString(verdict.returns()), Integer.toString(verdict.recovered()),
                        Long.toString(Duration.ofNanos(System.nanoTime() - begun).toSeconds()),
                        kept ? one.expectsFaults() ? "faults found, as expected" : "kept" : "**broken**")
                + " |");
        if (!kept || one.expectsFaults()) {
            verdict.faults().forEach(fault -> System.out.println("  * " + fault));
        }
        if (!kept) {
            System.out.println("  * disconnections: " + rig.runRecord().reasons());
            rig.nginx().errorLines(3).forEach(line -> System.out.println("  * nginx: " + line));
        }
        return kept;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
