package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits with deadlines, and finds ports. */
final class Await {
    /** Below the ports that systems give to outgoing connections. */
    private static final int FIRST_PORT = 10_000;
    private static final int END_OF_PORTS = 32_000;
    private static final long STEP_MILLIS = 20;

    private Await() {}

    /** Waits until a condition holds. */
    static void until(String what, Duration timeout, BooleanSupplier condition) throws InterruptedException {
        if (!becomes(timeout, condition)) {
            throw new BenchException(what + " did not happen within " + timeout.toSeconds() + " s");
        }
    }

    /** Waits until a condition holds; returns false when the time is up before. */
    static boolean becomes(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
        return true;
    }

    /** Waits until a port of this machine accepts connections. */
    static void open(String what, int port, ChildProcess process) throws InterruptedException {
        until(what + " listens", Duration.ofSeconds(60), () -> {
            if (!process.running()) {
                throw new BenchException(what + " has ended; see its log");
            }
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Returns a port that is free now, for a program that keeps its port when it is started again. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // It is in use; the next one is tried.
            }
        }
    }
}
