package dev.parley.bench.bridge;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.bedrock.NovaSonicModel;
import dev.parley.bedrock.NovaSonicOptions;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds conversations at the pace of speech (a piece of 32 ms, both ways) and prints what a piece costs this process and how late it comes
 * back. Usage: {@code BridgeBench [CONVERSATIONS [SECONDS]]}, 50 and 20 by default.
 */
public final class BridgeBench {

    private static final long PIECE_NANOS = 32_000_000;
    private static final int WARM_UP_SECONDS = 10;
    private static final int BYTES = 1_024;
    /** A slow start is not what is measured. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long[] latencies;
    private final AtomicInteger counted = new AtomicInteger();
    private volatile boolean counting;

    private BridgeBench(int most) {
        latencies = new long[most];
    }

    /** Runs it once. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int conversations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        System.setProperty("aws.accessKeyId", "parley");
        System.setProperty("aws.secretAccessKey", "parley");
        Process standIn = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), EchoStandIn.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = standIn.inputReader(StandardCharsets.UTF_8)) {
            String port = out.lines()
                    .filter(line -> line.startsWith("port "))
                    .findFirst()
                    .orElseThrow()
                    .substring(5);
            new BridgeBench(conversations * (seconds + 5) * 40).run(conversations, seconds, port);
        } finally {
            standIn.destroy();
        }
    }

    private void run(int conversations, int seconds, String port) throws InterruptedException {
        var options = NovaSonicOptions.defaults()
                .withRegion(Optional.of("us-east-1"))
                .withEndpoint(Optional.of(URI.create("http://127.0.0.1:" + port)))
                .withMaxStreams(conversations)
                .withWaits(PATIENCE, PATIENCE, Duration.ofSeconds(3));
        try (var model = NovaSonicModel.create(options)) {
            var settings = new StreamSettings("tiffany", Inference.defaults(), Sensitivity.MEDIUM, List.of());
            var streams = new ArrayList<ModelStream>();
            for (int i = 0; i < conversations; i++) {
                ModelStream stream = model.open(settings, this::told);
                stream.send(new ModelCommand.SystemPrompt("Be brief."));
                streams.add(stream);
                Thread.sleep(50);
            }
            talk(streams, Duration.ofSeconds(WARM_UP_SECONDS));
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long before = system.getProcessCpuTime();
            counting = true;
            int sent = talk(streams, Duration.ofSeconds(seconds));
            long spent = system.getProcessCpuTime() - before;
            counting = false;
            print(conversations, sent, spent);
        }
    }

    /** Sends everybody's pieces, spread evenly over each 32 ms; answers how many. */
    private static int talk(List<ModelStream> streams, Duration time) {
        long start = System.nanoTime();
        int sent = 0;
        for (long due = start; due < start + time.toNanos(); sent++) {
            due = start + sent * PIECE_NANOS / streams.size();
            LockSupport.parkNanos(due - System.nanoTime());
            var pcm = new byte[BYTES];
            ByteBuffer.wrap(pcm).putLong(System.nanoTime());
            streams.get(sent % streams.size()).send(new ModelCommand.Audio(pcm));
        }
        return sent;
    }

    private void told(ModelEvent event) {
        if (event instanceof ModelEvent.Failed failed) {
            System.err.println("bridge bench: a conversation failed: " + failed.message());
        } else if (counting && event instanceof ModelEvent.Audio audio) {
            int at = counted.getAndIncrement();
            if (at < latencies.length) {
                latencies[at] = System.nanoTime() - ByteBuffer.wrap(audio.pcm()).getLong();
            }
        }
    }

    private void print(int conversations, int sent, long spent) {
        int count = Math.min(counted.get(), latencies.length);
        long[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        System.out.printf("%d conversations, %d pieces sent, %d came back%n", conversations, sent, count);
        System.out.printf("processor time of the bridge, the SDK and this driver: %.0f µs a piece%n",
                spent / 1e3 / Math.max(1, sent));
        System.out.printf("there and back: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n", at(sorted, 0.5),
                at(sorted, 0.95), at(sorted, 0.99));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }
}
