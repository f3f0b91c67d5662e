package dev.parley.bench.attack;

import dev.parley.bench.packet.PacketTexts;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** A client that behaves: an event of 1 KB every 50 ms over WebSocket, answered before the next one leaves; and who asks for {@code /health}. */
public final class Neighbour implements AutoCloseable {
    private static final int PERIOD_MILLIS = 50;
    private static final int HEALTH_PERIOD_MILLIS = 250;
    private static final long NEVER = TimeUnit.SECONDS.toNanos(60);

    private final int port;
    private final RawClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long[] latencies = {};
    private long slowestHealth;
    private volatile boolean closed;

    /** Connects, and begins. */
    public Neighbour(int port) throws IOException {
        this.port = port;
        client = new RawClient(port, 0);
        client.joinWebSocket();
        threads.execute(this::echo);
        threads.execute(this::ask);
    }

    /** The time in milliseconds in which 99 % of the echoes since the last call came; a minute when the connection was lost. */
    public synchronized double p99() {
        long[] sorted = latencies.clone();
        latencies = new long[0];
        Arrays.sort(sorted);
        return sorted.length == 0 ? NEVER / 1e6 : sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6;
    }

    /** The longest time in milliseconds that {@code /health} took since the last call; a minute when it failed. */
    public synchronized double slowestHealth() {
        double slowest = slowestHealth / 1e6;
        slowestHealth = 0;
        return slowest;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        client.close();
        threads.shutdownNow();
        threads.close();
    }

    private void echo() {
        String payload = PacketTexts.event("[\"task\",\"" + "n".repeat(1_000) + "\"]");
        try {
            while (!closed) {
                long begun = System.nanoTime();
                client.send(payload);
                client.frame();
                add(System.nanoTime() - begun);
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            }
        } catch (IOException e) {
            if (closed) {
                return;
            }
            System.err.println("attack: the neighbour was cut off: " + e.getMessage());
            LongStream.range(0, 1_000).forEach(i -> add(NEVER));
        } catch (InterruptedException e) {
            return;
        }
    }

    private synchronized void add(long nanos) {
        latencies = Arrays.copyOf(latencies, latencies.length + 1);
        latencies[latencies.length - 1] = nanos;
    }

    private void ask() {
        try {
            while (!closed) {
                long begun = System.nanoTime();
                boolean healthy = isHealthy();
                synchronized (this) {
                    slowestHealth = Math.max(slowestHealth, healthy ? System.nanoTime() - begun : NEVER);
                }
                TimeUnit.MILLISECONDS.sleep(HEALTH_PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            return;
        }
    }

    private boolean isHealthy() {
        try (var asking = new RawClient(port, 0)) {
            return asking.get("/health").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
