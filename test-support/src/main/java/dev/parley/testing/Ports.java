package dev.parley.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/** Ports of the loopback interface. */
public final class Ports {

    /** Below those that systems give out by themselves: nobody's connection begins at one of these. */
    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    private Ports() {}

    /** One at which nobody listens, for a program that has to be told its own. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // Another one then.
            }
        }
    }

    /** Waits until somebody listens; {@code alive} throws when nobody will. */
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

    public interface Alive {
        void check() throws IOException;
    }
}
