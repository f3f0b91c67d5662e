package dev.parley.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Redis, servers, nginx and clients of one case, and the faults that can happen to them. Used by one thread. */
final class Rig implements AutoCloseable {
    static final String SECRET = "a secret of the rig, known to all of its servers";
    /** A server that lost Redis tries again after at most 5 s. */
    private static final long RECONNECTION_MILLIS = 6_000;
    private static final long NOTICE_MILLIS = 1_000;
    private static final Duration SETTLING = Duration.ofSeconds(2);
    /** On a busy machine, what is on its way may take this long. */
    private static final Duration SILENCE = Duration.ofSeconds(12);

    private final Setup setup;
    private final RunRecord runRecord = new RunRecord();
    private final AllowedLosses allowedLosses = new AllowedLosses();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Redis redis;
    private final Nginx nginx;
    private final Load load;

    /**
     * The servers to start.
     *
     * @param servers  one letter for each: {@code p} for Parley, {@code n} for the reference server on Node.js
     * @param adapter  {@code streams}, {@code pubsub} or {@code sharded}
     * @param recovery whether connection state recovery is on
     * @param together whether the servers are one cluster
     */
    record Setup(String servers, String adapter, boolean recovery, boolean together, Load.Shape shape) {
        Setup withShape(Load.Shape other) {
            return new Setup(servers, adapter, recovery, together, other);
        }
    }

    /**
     * The places of the rig's parts, and what the command line chose for all cases.
     *
     * @param home     the folder of the bench
     * @param affinity whether the load balancer sends all requests of a client to one server
     * @param relay    whether servers cannot reach each other, and relay over Redis
     */
    record Place(Path home, Path logs, boolean affinity, boolean relay) {}

    Rig(Place place, Setup setup) throws IOException, InterruptedException {
        this.setup = setup;
        Files.createDirectories(place.logs());
        try {
            redis = part(new Redis(place.home().resolve("../deploy/cluster").normalize(), place.logs()));
            for (int i = 0; i < setup.servers().length(); i++) {
                nodes.add(part(new Node(i + 1, redis, command(place.home(), setup.servers().charAt(i)),
                        environment(place, i), place.logs(), runRecord)));
            }
            for (Node node : nodes) {
                node.awaitListening();
            }
            nginx = part(new Nginx(place.logs(), nodes.stream().map(Node::port).toList(), place.affinity()));
            load = part(new Load(place.home().resolve("src/main/node/cluster/clients.mjs"),
                    "http://127.0.0.1:" + nginx.port(), setup.shape(), place.logs(), runRecord));
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.add(started);
        return started;
    }

    /** Returns the command of a server of a kind, as in {@link Setup}. */
    static List<String> command(Path home, char kind) {
        return kind == 'n' ? List.of("node", home.resolve("src/main/node/cluster/server.mjs").toString())
                : List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-cp",
                        home.resolve("target/classes") + ":" + home.resolve("target/lib/*"),
                        "dev.parley.bench.server.ClusterTarget");
    }

    private Map<String, String> environment(Place place, int index) {
        var environment = new HashMap<String, String>();
        environment.put("PARLEY_CLUSTER_ADAPTER", setup.adapter());
        environment.put("PARLEY_CLUSTER_PREFIX", "socket.io" + (setup.together() ? "" : "-" + index));
        environment.put("PARLEY_CLUSTER_SECRET", SECRET);
        environment.put("PARLEY_CLUSTER_ADDRESS", place.relay() ? "" : "127.0.0.1:0");
        environment.put("RIG_RECOVERY", setup.recovery() ? "on" : "off");
        return environment;
    }

    /** Waits until all clients are connected and in their rooms, then lets them send. */
    void begin() throws InterruptedException {
        load.awaitConnected();
        TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
        load.start();
    }

    /** Waits until clients that have a number of messages to send have sent them. */
    void awaitSent(Duration timeout) throws InterruptedException {
        Await.until("the end of sending", timeout, () -> load.isDone());
    }

    void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    /** Lets clients stop sending, and waits until everything has arrived, or nothing more arrives. */
    void end() throws InterruptedException {
        load.stop();
        // An event that nobody will acknowledge is given up after half a minute.
        Await.until("the end of all events", Duration.ofSeconds(60), load::isDone);
        long[] last = {-1, System.nanoTime()};
        Await.becomes(Duration.ofSeconds(60), () -> {
            long now = runRecord.activity();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return runRecord.complete(setup.shape()::members)
                    || System.nanoTime() - last[1] > SILENCE.toNanos();
        });
        nginx.check();
    }

    void kill(int node) {
        allowedLosses.killed(nodes.get(node).name(), System.currentTimeMillis());
        nodes.get(node).kill();
    }

    void terminate(int node) throws InterruptedException {
        nodes.get(node).terminate();
    }

    void replace(int node) throws InterruptedException {
        nodes.get(node).replace();
    }

    void freezeRedis() throws InterruptedException {
        redis.freeze();
    }

    void thawRedis() throws InterruptedException {
        redis.thaw();
    }

    /** Restarts Redis, and does something else while it is away. */
    void restartRedis(Script meanwhile) throws Exception {
        long from = System.currentTimeMillis();
        var names = nodes.stream().map(Node::name).toList();
        redis.stop();
        meanwhile.run(this);
        redis.start();
        names.forEach(name -> away(name, from));
    }

    /** Cuts a server off from Redis, and does something else meanwhile. */
    void cutOff(int node, Script meanwhile) throws Exception {
        long from = System.currentTimeMillis();
        String name = nodes.get(node).name();
        nodes.get(node).gate().shut();
        meanwhile.run(this);
        nodes.get(node).gate().open();
        away(name, from);
    }

    private void away(String name, long from) {
        allowedLosses.away(name, from - NOTICE_MILLIS, System.currentTimeMillis() + RECONNECTION_MILLIS,
                !setup.adapter().equals("streams"));
    }

    /** Ends clients and servers, so that nothing is written down any more, and returns the verdict. */
    PromiseChecks.Verdict check(Promise promise) {
        var errors = nginx.errors();
        load.close();
        nodes.forEach(Node::close);
        return new PromiseChecks(runRecord, setup.shape()::members, promise, allowedLosses).check(errors);
    }

    /** The address of the load balancer. */
    String url() {
        return "http://127.0.0.1:" + nginx.port();
    }

    RunRecord runRecord() {
        return runRecord;
    }

    Nginx nginx() {
        return nginx;
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("cluster: " + e.getMessage());
            }
        }
    }

    /** What happens to a rig while clients send. */
    @FunctionalInterface
    interface Script {
        void run(Rig rig) throws Exception;
    }
}
