package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import dev.parley.bench.driver.Driver;
import dev.parley.bench.driver.LatencyMeter.Reading;
import dev.parley.bench.driver.Load;
import dev.parley.bench.driver.Load.Route;
import dev.parley.bench.driver.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what a cluster costs, by the processor time of all its servers. All subjects of a table run at once and are measured in turn in
 * each round; ratios are medians of those within a round. Used by one thread.
 */
final class ClusterBench implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Path home;
    private final Path logs;
    private final boolean quick;
    private final Driver driver = new Driver();
    private final Redis redis;
    private int clusters;

    /** One load on some servers, and what was measured of it in each round. */
    private record Subject(String label, List<Node> servers, Load load, List<Window> windows) {
        double processorSeconds() {
            return servers.stream().mapToDouble(server -> server.process().processorSeconds()).sum();
        }

        double cost() {
            return median(windows.stream().map(Window::microsPerMessage));
        }

        double ratio(Subject other) {
            return median(IntStream.range(0, windows.size())
                    .mapToObj(round -> windows.get(round).microsPerMessage()
                            / other.windows.get(round).microsPerMessage()));
        }
    }

    private record Window(double processor, Reading reading) {
        double microsPerMessage() {
            return processor * 1e6 / reading.messages();
        }
    }

    private ClusterBench(Path home, boolean quick) throws IOException, InterruptedException {
        this.home = home;
        this.quick = quick;
        this.logs = Files.createDirectories(home.resolve("target/cluster/bench"));
        this.redis = new Redis(home.resolve("../deploy/cluster").normalize(), logs);
    }

    /** Prints three tables in Markdown. */
    static void run(Path home, boolean quick) throws InterruptedException {
        try (var bench = new ClusterBench(home, quick)) {
            bench.broadcasts();
            bench.foreignPolls();
            bench.oneRoom();
        } catch (IOException e) {
            throw new BenchException("could not write logs", e);
        }
    }

    private void broadcasts() throws InterruptedException {
        var shape = new Shape(200, 0, false, Shape.Kind.BROADCAST, "all", true);
        try (var parts = new Parts()) {
            var subjects = new ArrayList<Subject>();
            for (String adapter : List.of("streams", "pubsub")) {
                for (String servers : List.of("pp", "nn")) {
                    var cluster = cluster(parts, servers, adapter, true);
                    var ports = cluster.stream().map(node -> new Route(node.port(), node.port())).toList();
                    subjects.add(subject(parts,
                            (servers.equals("pp") ? "Parley, " : "reference on Node, ") + adapter, cluster,
                            ports, shape));
                }
            }
            measure("broadcast to 200 clients of two servers, per delivery", subjects);
        }
    }

    private void foreignPolls() throws InterruptedException {
        var shape = new Shape(20, 31, true, Shape.Kind.TEXT, "text", true);
        try (var parts = new Parts()) {
            var direct = cluster(parts, "pp", "streams", true);
            var relayed = cluster(parts, "pp", "streams", false);
            measure("polling echo, 20 clients × 31/s: a POST, and a response to a pending GET",
                    List.of(subject(parts, "at the server of the session", direct, List.of(route(direct, 0)),
                            shape),
                            subject(parts, "at another server", direct, List.of(route(direct, 1)), shape),
                            subject(parts, "at another server, relayed over Redis", relayed,
                                    List.of(route(relayed, 1)), shape)));
        }
    }

    private static Route route(List<Node> cluster, int then) {
        return new Route(cluster.getFirst().port(), cluster.get(then).port());
    }

    private void oneRoom() throws InterruptedException {
        var shape = new Shape(100, 0, false, Shape.Kind.BROADCAST, "all", true);
        try (var parts = new Parts()) {
            var subjects = new ArrayList<Subject>();
            for (String adapter : List.of("streams", "sharded")) {
                for (String servers : List.of("p", "pp", "pppp")) {
                    var cluster = cluster(parts, servers, adapter, true);
                    subjects.add(subject(parts, adapter + ", servers: " + servers.length(), cluster,
                            List.of(route(cluster, 0)), shape));
                }
            }
            measure("broadcast in a room of 100 clients of one server, per delivery, all servers", subjects);
        }
    }

    /** Starts a cluster of its own. */
    private List<Node> cluster(Parts parts, String servers, String adapter, boolean direct)
            throws InterruptedException {
        clusters++;
        var environment = Map.of("PARLEY_CLUSTER_ADAPTER", adapter, "PARLEY_CLUSTER_PREFIX",
                "socket.io-" + clusters, "PARLEY_CLUSTER_SECRET", Rig.SECRET, "PARLEY_CLUSTER_ADDRESS",
                direct ? "127.0.0.1:0" : "");
        var cluster = new ArrayList<Node>();
        for (int i = 0; i < servers.length(); i++) {
            cluster.add(parts.add(new Node(clusters * 10 + i, redis, Rig.command(home, servers.charAt(i)),
                    environment, logs, new RunRecord())));
        }
        for (Node node : cluster) {
            node.awaitListening();
        }
        return cluster;
    }

    private Subject subject(Parts parts, String label, List<Node> servers, List<Route> routes, Shape shape)
            throws InterruptedException {
        var load = parts.add(new Load(driver, routes, shape));
        load.open(TIMEOUT);
        var subject = new Subject(label, servers, load, new ArrayList<>());
        // Compilers take half of the processor at first.
        double begun = subject.processorSeconds();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(quick ? 6 : 40);
        load.startSaturated();
        while (subject.processorSeconds() - begun < (quick ? 2 : 8) * servers.size()
                && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        load.stop();
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        return subject;
    }

    private void measure(String title, List<Subject> subjects) throws InterruptedException {
        for (int round = 0; round < (quick ? 3 : 5); round++) {
            var order = new ArrayList<>(subjects);
            Collections.rotate(order, -round);
            for (Subject subject : order) {
                subject.windows().add(window(subject));
            }
        }
        System.out.println("\n### " + title + "\n\n| servers | CPU µs/message | × first | p50 ms | p99 ms |\n"
                + "|---|--:|--:|--:|--:|");
        for (Subject subject : subjects) {
            var all = subject.windows().stream().map(Window::reading).reduce(Reading::plus).orElseThrow();
            System.out.printf(Locale.ROOT, "| %s | %.1f | %.2f | %.2f | %.2f |%n", subject.label(),
                    subject.cost(), subject.ratio(subjects.getFirst()), all.micros(0.5) / 1_000,
                    all.micros(0.99) / 1_000);
            if (subject.load().lost() > 0) {
                System.err.println(
                        "cluster: " + subject.label() + ": " + subject.load().lost() + " connections lost");
            }
        }
    }

    private Window window(Subject subject) throws InterruptedException {
        subject.load().start();
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        subject.load().take();
        double begun = subject.processorSeconds();
        TimeUnit.MILLISECONDS.sleep(quick ? 1_000 : 3_000);
        var reading = subject.load().take();
        double spent = subject.processorSeconds() - begun;
        subject.load().stop();
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        return new Window(spent, reading);
    }

    private static double median(Stream<Double> values) {
        var sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() {
        driver.close();
        redis.close();
    }

    /** What one table started; ended in the opposite order. */
    private static final class Parts implements AutoCloseable {
        private final List<AutoCloseable> all = new ArrayList<>();

        <T extends AutoCloseable> T add(T part) {
            all.add(part);
            return part;
        }

        @Override
        public void close() {
            for (AutoCloseable part : all.reversed()) {
                try {
                    part.close();
                } catch (Exception e) {
                    System.err.println("cluster: " + e.getMessage());
                }
            }
        }
    }
}
