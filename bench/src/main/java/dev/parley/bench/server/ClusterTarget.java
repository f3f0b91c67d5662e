package dev.parley.bench.server;

import dev.parley.cluster.ClusterException;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.ParleyCluster;
import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RecoveryOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server of a cluster for the rig, which configures it by environment variables. It numbers what it sends to each channel, and says what it
 * does on its standard output before it does it, so that a kill loses none of it:
 *
 * <ul>
 * <li>{@code PORT number}: it listens;
 * <li>{@code J client time}: a client has connected;
 * <li>{@code H client number}: an event of a client is handled, and is acknowledged next;
 * <li>{@code S channel number time}: a message is sent;
 * <li>{@code K replies}: a question to one client ended.
 * </ul>
 *
 * <p>It ends when its standard input does, and drains on SIGTERM.
 */
public final class ClusterTarget {
    private static final Duration NOTICE = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration QUESTION = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;
    private static final String BENCH = "bench";
    /** The kinds of events take turns; questions are rare, because each costs several messages. */
    private static final int KINDS = 20;

    private final Map<String, String> environment;
    private final String node;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /** What this server sends to one channel. */
    private static final class Lane {
        private final ReentrantLock lock = new ReentrantLock();
        private int number;
    }

    private ClusterTarget(Map<String, String> environment) {
        this.environment = environment;
        this.node = environment.getOrDefault("RIG_NODE", "n");
    }

    public static void main(String[] args) throws IOException {
        new ClusterTarget(System.getenv()).run();
    }

    private void run() throws IOException {
        var cluster = join();
        var base = ServerOptions.builder();
        if (value("RIG_RECOVERY", "").equals("on")) {
            base.connectionStateRecovery(RecoveryOptions.defaults());
        }
        var io = SocketIoServer.create(cluster.serverOptions(base.build()));
        io.onConnection(socket -> connected(io, socket));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(cluster, io), "drain"));
        int port = io.listen(
                ListenOptions.builder().host("127.0.0.1").port(Integer.parseInt(value("PORT", "0"))).build());
        say("PORT " + port);
        while (System.in.read() >= 0) {
            // The rig says nothing; its end ends the server at once.
        }
        Runtime.getRuntime().halt(0);
    }

    /** On a busy machine, several processes that start at once may take longer than one attempt to connect may. */
    private ParleyCluster join() {
        String url = value("PARLEY_REDIS_URL", "redis://127.0.0.1:6379");
        for (int attempt = 1;; attempt++) {
            try {
                return ParleyCluster.join(url, options());
            } catch (ClusterException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private ClusterOptions options() {
        var options = ClusterOptions.builder()
                .adapter(ClusterOptions.Adapter
                        .valueOf(value("PARLEY_CLUSTER_ADAPTER", "streams").toUpperCase(Locale.ROOT)))
                .prefix(value("PARLEY_CLUSTER_PREFIX", "socket.io"));
        String secret = value("PARLEY_CLUSTER_SECRET", "");
        if (!secret.isEmpty()) {
            options.secrets(secret);
        }
        String address = value("PARLEY_CLUSTER_ADDRESS", "");
        if (!address.isEmpty()) {
            options.nodeAddress(address).nodeListener(address);
        }
        return options.build();
    }

    private String value(String name, String otherwise) {
        return environment.getOrDefault(name, otherwise);
    }

    private void connected(SocketIoServer io, Socket socket) {
        if (socket.handshake().credentials().isEmpty()) {
            measured(io, socket);
            return;
        }
        var auth = socket.handshake().credentials().get();
        String client = auth.path("client").asString();
        String room = "r" + auth.path("room").asString();
        String peer = "c" + auth.path("peer").asString();
        say("J " + client + " " + System.currentTimeMillis());
        if (!socket.recovered()) {
            socket.join(List.of(room, "c" + client));
        }
        socket.on("up", event -> {
            int number = event.json(0).asInt();
            say("H " + client + " " + number);
            switch (number % 4) {
                case 0 -> send(room, (channel, next) -> io.to(room).emit("down", channel, node, next));
                case 1 -> send(peer, (channel, next) -> io.to(peer).emit("down", channel, node, next));
                case 2 -> send("o" + client, (channel, next) -> socket.emit("down", channel, node, next));
                default -> ask(io, peer, number);
            }
            event.ack(number);
        });
    }

    /** The bench's clients give no credentials. */
    private static void measured(SocketIoServer io, Socket socket) {
        socket.join(BENCH);
        socket.onInline("text", event -> socket.emit("text", event.text(0)));
        socket.onInline("all", event -> io.to(BENCH).emit("all", event.text(0)));
    }

    private interface Emission {
        void emit(String channel, int number);
    }

    private void send(String channel, Emission emission) {
        var lane = lanes.computeIfAbsent(channel, fresh -> new Lane());
        lane.lock.lock();
        try {
            lane.number++;
            say("S " + channel + " " + lane.number + " " + System.currentTimeMillis());
            emission.emit(channel, lane.number);
        } finally {
            lane.lock.unlock();
        }
    }

    private void ask(SocketIoServer io, String peer, int number) {
        if (number % KINDS == 3) {
            var unused = io.to(peer)
                    .callAsync(QUESTION, "question", number)
                    .thenAccept(replies -> say("K " + replies.replies().size()));
        }
    }

    private static void leave(ParleyCluster cluster, SocketIoServer io) {
        try {
            io.drain(NOTICE, GRACE, socket -> false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        io.close();
        cluster.close();
    }

    /** One write for a line, which pipes take whole. */
    private void say(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the rig has gone", e);
        }
    }
}
