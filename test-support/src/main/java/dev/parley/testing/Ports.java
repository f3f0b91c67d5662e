package dev.parley.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/** Finds free ports on the loopback interface and waits for listeners. */
public final class Ports {

    /** Below the ephemeral ports of operating systems, so that no outgoing connection uses these ports. */
    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    private Ports() {}

    /** Returns a free port, for a program that needs a fixed one. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The port is in use; the next one is tried.
            }
        }
    }

    /** Waits until the port accepts connections; {@code alive} throws if the program has ended. */
    public static void awaitOpen(int port, Alive alive) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(() -> {
            alive.check();
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Checks that the program which should listen is still running. */
    public interface Alive {
        void check() throws IOException;
    }
}
