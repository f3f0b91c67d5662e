package dev.parley.bench.bridge;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * Holds conversations at the pace of speech (a piece of 32 ms, both ways) and prints what a piece costs this process and how late it comes
 * back: through Parley's bridge, and through the SDK alone, in turn. The difference is Parley's own share. Usage:
 * {@code BridgeBench [CONVERSATIONS [SECONDS [ROUNDS]]]}, 50, 10 and 3 by default.
 */
public final class BridgeBench {

    static final int PIECE_BYTES = 1_024;
    private static final long PIECE_NANOS = 32_000_000;
    private static final int WARM_UP_SECONDS = 15;
    private static final int SETTLE_SECONDS = 3;
    private static final List<Lane.Opener> LANES = List.of(SdkLane::open, BridgeLane::open);

    private final int conversations;
    private final String port;
    private final long[] latencies;
    private final AtomicInteger counted = new AtomicInteger();
    private volatile boolean counting;

    /** A lane's figures in one round: microseconds of processor time a piece, milliseconds there and back. */
    private record Figures(String lane, int sent, int back, double micros, double p50, double p99) {}

    private BridgeBench(int conversations, String port, int most) {
        this.conversations = conversations;
        this.port = port;
        this.latencies = new long[most];
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int conversations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        System.setProperty("aws.accessKeyId", "parley");
        System.setProperty("aws.secretAccessKey", "parley");
        Process echoServer = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), EchoModelServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = echoServer.inputReader(StandardCharsets.UTF_8)) {
            String port = out.lines()
                    .filter(line -> line.startsWith("port "))
                    .findFirst()
                    .orElseThrow()
                    .substring(5);
            new BridgeBench(conversations, port, conversations * (seconds + 5) * 40).run(seconds, rounds);
        } finally {
            echoServer.destroy();
        }
    }

    private void run(int seconds, int rounds) throws InterruptedException {
        for (Lane.Opener opener : LANES) {
            measure(opener, WARM_UP_SECONDS, 1);
        }
        var all = new ArrayList<Figures>();
        for (int round = 0; round < rounds; round++) {
            for (Lane.Opener opener : LANES) {
                Figures figures = measure(opener, SETTLE_SECONDS, seconds);
                System.out.printf(
                        "%-20s %d pieces, %d came back; %.0f µs a piece; p50 %.2f ms, p99 %.2f ms%n",
                        figures.lane(), figures.sent(), figures.back(), figures.micros(), figures.p50(),
                        figures.p99());
                all.add(figures);
            }
        }
        System.out.printf("%nmedians of %d rounds, %d conversations%n", rounds, conversations);
        print("processor time a piece, µs", all, Figures::micros);
        print("there and back, p50, ms", all, Figures::p50);
        print("there and back, p99, ms", all, Figures::p99);
    }

    private Figures measure(Lane.Opener opener, int settleSeconds, int seconds) throws InterruptedException {
        try (Lane lane = opener.open(conversations, port, this::took)) {
            talk(lane, Duration.ofSeconds(settleSeconds));
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            counted.set(0);
            long before = system.getProcessCpuTime();
            counting = true;
            int sent = talk(lane, Duration.ofSeconds(seconds));
            long spent = system.getProcessCpuTime() - before;
            counting = false;
            int count = Math.min(counted.get(), latencies.length);
            long[] sorted = Arrays.copyOf(latencies, count);
            Arrays.sort(sorted);
            return new Figures(lane.name(), sent, count, spent / 1e3 / Math.max(1, sent), at(sorted, 0.5),
                    at(sorted, 0.99));
        }
    }

    /** Sends everybody's pieces, spread evenly over each 32 ms; answers how many. */
    private int talk(Lane lane, Duration time) {
        long start = System.nanoTime();
        int sent = 0;
        for (long due = start; due < start + time.toNanos(); sent++) {
            due = start + sent * PIECE_NANOS / conversations;
            LockSupport.parkNanos(due - System.nanoTime());
            lane.send(sent % conversations);
        }
        return sent;
    }

    private void took(long nanos) {
        if (counting) {
            int at = counted.getAndIncrement();
            if (at < latencies.length) {
                latencies[at] = nanos;
            }
        }
    }

    /** Parley, the floor, and the median of the differences within each round. */
    private static void print(String what, List<Figures> all, ToDoubleFunction<Figures> figure) {
        double[] floor = new double[all.size() / 2];
        double[] parley = new double[floor.length];
        double[] more = new double[floor.length];
        for (int i = 0; i < floor.length; i++) {
            floor[i] = figure.applyAsDouble(all.get(2 * i));
            parley[i] = figure.applyAsDouble(all.get(2 * i + 1));
            more[i] = parley[i] - floor[i];
        }
        System.out.printf("  %-28s Parley %7.2f, the SDK alone %7.2f, Parley's own share %6.2f%n", what,
                median(parley), median(floor), median(more));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[values.length / 2];
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }
}
