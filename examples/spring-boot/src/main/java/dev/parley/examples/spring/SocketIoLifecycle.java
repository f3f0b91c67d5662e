package dev.parley.examples.spring;

import dev.parley.server.SocketIoServer;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens once every bean has put its handlers on the server, and stops before any of them goes. Socket.IO has a port of its own: the
 * servlet container answers on the other.
 */
final class SocketIoLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoLifecycle.class);

    private final SocketIoServer server;
    private final SocketIoProperties properties;
    private @Nullable Vertx vertx;
    private volatile @Nullable HttpServer http;

    SocketIoLifecycle(SocketIoServer server, SocketIoProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    @Override
    public void start() {
        var started = Vertx.vertx();
        vertx = started;
        http = started.createHttpServer()
                .requestHandler(SocketIoHttp.handler(server))
                .listen(properties.port(), properties.host())
                .await();
        LOG.info("Socket.IO listens on port {}", port());
    }

    /** Clients are told before their connections go. */
    @Override
    public void stop() {
        server.close();
        http = null;
        var running = vertx;
        if (running != null) {
            running.close().await();
            vertx = null;
        }
    }

    @Override
    public boolean isRunning() {
        return http != null;
    }

    /** The port it listens on. */
    int port() {
        var listening = http;
        if (listening == null) {
            throw new IllegalStateException("Socket.IO does not listen");
        }
        return listening.actualPort();
    }
}
