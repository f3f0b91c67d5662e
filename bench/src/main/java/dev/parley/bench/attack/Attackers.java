package dev.parley.bench.attack;

import dev.parley.bench.packet.PacketTexts;
import dev.parley.protocol.engine.EngineCodec;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients that do the same harm until they are closed. One that is cut off, or refused, comes back a second later. */
public final class Attackers implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    private static final int RECEIVE_BUFFER = 16 * 1024;

    private final Kind kind;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<RawClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong cut = new AtomicLong();
    private volatile boolean closed;

    private Attackers(Kind kind, int port) {
        this.kind = kind;
        this.port = port;
    }

    /** Lets them loose. */
    public static Attackers start(Kind kind, int port) {
        var attackers = new Attackers(kind, port);
        for (int i = 0; i < kind.count; i++) {
            attackers.threads.execute(attackers::attack);
        }
        return attackers;
    }

    /** Returns how often the server disconnected or refused an attacker. */
    public long cut() {
        return cut.get();
    }

    @Override
    public void close() {
        closed = true;
        for (RawClient client : clients) {
            close(client);
        }
        threads.shutdownNow();
        threads.close();
    }

    private void attack() {
        while (!closed) {
            try (var client = new RawClient(port, RECEIVE_BUFFER)) {
                clients.add(client);
                try {
                    kind.harm.with(client);
                } finally {
                    clients.remove(client);
                }
            } catch (IOException e) {
                cut.incrementAndGet();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void close(RawClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is closed either way.
            return;
        }
    }

    private interface Harm {
        void with(RawClient client) throws IOException;
    }

    /** Kind of attack. */
    // The functions have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    public enum Kind {
        /** They post events that are echoed, and never poll. */
        POLLERS("200 pollers that send and never poll", 200, Kind::post),
        /** They send events that are echoed, and never read. */
        DEAF("200 WebSockets that echo 4 KB and never read", 200, Kind::send),
        /** They ask for namespaces that do not exist, and never poll. */
        UNKNOWN("90 clients that ask for unknown namespaces and never poll", 90, Kind::ask);

        private static final int SIZE = 4_096;

        private final String title;
        private final int count;
        private final Harm harm;

        Kind(String title, int count, Harm harm) {
            this.title = title;
            this.count = count;
            this.harm = harm;
        }

        /** Returns the number of attackers and a description of their attack. */
        public String title() {
            return title;
        }

        private static void post(RawClient client) throws IOException {
            String target = RawClient.session(client.join());
            String event = PacketTexts.event("[\"task\",\"" + "x".repeat(SIZE) + "\"]");
            String body = (event + EngineCodec.SEPARATOR).repeat(40) + event;
            while (true) {
                refused(client.post(target, body));
            }
        }

        private static void send(RawClient client) throws IOException {
            client.joinWebSocket();
            byte[] frames = RawClient.frameOf(PacketTexts.event("[\"task\",\"" + "x".repeat(SIZE) + "\"]"));
            while (true) {
                client.send(frames);
            }
        }

        private static void ask(RawClient client) throws IOException {
            String target = RawClient.session(client.join());
            var body = new StringBuilder(PacketTexts.connect("/0", ""));
            for (int i = 1; i < 60; i++) {
                body.append(EngineCodec.SEPARATOR)
                        .append(PacketTexts.connect("/" + "n".repeat(1_000) + i, ""));
            }
            while (true) {
                refused(client.post(target, body.toString()));
            }
        }

        private static void refused(RawClient.Response response) throws IOException {
            if (response.status() != 200) {
                throw new IOException("a POST was answered with " + response.status());
            }
        }
    }
}
