package dev.parley.server.http;

import dev.parley.server.HttpEngine;
import dev.parley.server.ListenOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.loop.EventLoops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP engine behind {@link SocketIoServer#listen(ListenOptions)}: a Vert.x of its own for each server that listens. Found with {@link
 * java.util.ServiceLoader}. Safe from any thread.
 */
public final class VertxEngine implements HttpEngine {
    private static final Logger LOG = LoggerFactory.getLogger(VertxEngine.class);
    private static final long CLOSE_SECONDS = 30;
    /** How long a server of a cluster takes to answer requests when it ends: its clients are other servers' too. */
    private static final Duration LEAVE_GRACE = Duration.ofSeconds(2);

    /** Creates the engine, as {@link java.util.ServiceLoader} does. */
    public VertxEngine() {}

    @Override
    public Listening listen(SocketIoServer server, ListenOptions options) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("listen blocks and must not be called on an event loop");
        }
        var http = options.http().map(VertxEngine::own).orElseGet(HttpOptions::defaults);
        var vertx = Vertx.vertx(vertxOptions(EventLoops.count(options)));
        try {
            SocketIoHttp.listenForNodes(vertx, server, http, EventLoops.count(options));
            int port = EventLoops.listen(vertx, SocketIoHttp.serverOptions(http).setTcpNoDelay(true),
                    SocketIoHttp.handler(server, http), SocketIoHttp.guarded(http),
                    SocketIoHttp.connectionFaults(), options,
                    server.options().routing().isPresent() ? LEAVE_GRACE : Duration.ZERO);
            return new OwnVertx(vertx, port);
        } catch (RuntimeException | Error e) {
            close(vertx);
            throw e;
        }
    }

    private static HttpOptions own(HttpEngine.Options options) {
        if (options instanceof HttpOptions http) {
            return http;
        }
        throw new IllegalArgumentException(
                "http must be HttpOptions, but is " + options.getClass().getName());
    }

    /** Without files of its own, and with threads that keep the process alive whatever thread starts them. */
    private static VertxOptions vertxOptions(int eventLoops) {
        return new VertxOptions().setEventLoopPoolSize(eventLoops)
                .setPreferNativeTransport(true)
                .setUseDaemonThread(false)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false));
    }

    private static void close(Vertx vertx) {
        Future<Void> closed = vertx.close();
        if (Context.isOnEventLoopThread()) {
            return;
        }
        try {
            closed.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The HTTP engine did not stop in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record OwnVertx(Vertx vertx, int port) implements Listening {
        @Override
        public void close() {
            VertxEngine.close(vertx);
        }
    }
}
