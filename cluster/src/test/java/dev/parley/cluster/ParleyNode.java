package dev.parley.cluster;

import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;

/** A Parley server that is a member of a cluster. */
final class ParleyNode implements AutoCloseable {
    final ParleyCluster cluster;
    final SocketIoServer io;
    /** The events from other servers' applications. */
    final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    /** Why clients have left. */
    final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private final int port;

    ParleyNode(String redisUrl, ClusterOptions options, String name) {
        this(redisUrl, options, name, ServerOptions.defaults());
    }

    ParleyNode(String redisUrl, ClusterOptions options, String name, ServerOptions base) {
        cluster = ParleyCluster.join(redisUrl, options);
        io = SocketIoServer.create(cluster.serverOptions(base));
        io.onConnection(socket -> {
            socket.onDisconnect(left::add);
            socket.data().putIfAbsent("name", "nobody");
            socket.on("join", event -> {
                for (int i = 0; i < event.json(0).size(); i++) {
                    socket.join(event.json(0).get(i).asString());
                }
                event.ack(socket.id());
            });
        });
        io.onServerSide("news", event -> {
            news.add(event.arguments().json());
            event.ack(name);
        });
        port = io.listen(ListenOptions.builder().host("127.0.0.1").build());
    }

    /** Returns options for tests, which have time on a busy machine: the first connection and the responses of other servers may take a minute. */
    static ClusterOptions.Builder options() {
        return ClusterOptions.builder()
                .connectTimeout(Duration.ofSeconds(60))
                .requestTimeout(Duration.ofSeconds(60));
    }

    /** Waits until each of these servers sees so many sockets in the cluster. */
    static void awaitSockets(int count, ParleyNode... nodes) {
        for (ParleyNode node : nodes) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> node.io.fetchSockets().size() == count);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        io.close();
        cluster.close();
    }
}
