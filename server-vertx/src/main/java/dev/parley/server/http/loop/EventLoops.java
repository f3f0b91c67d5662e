package dev.parley.server.http.loop;

import dev.parley.server.ListenException;
import dev.parley.server.ListenException.Reason;
import dev.parley.server.ListenOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on one port with several event loops. Vert.x serves all connections of an HTTP server on the event loop that made it, and shares
 * a port among HTTP servers of different loops: so there is one for each. Stateless; any thread but an event loop.
 */
public final class EventLoops {
    private static final long LISTEN_SECONDS = 30;
    /** Vert.x gives all who ask for the same negative port the same free one. */
    private static final AtomicInteger FREE_PORT = new AtomicInteger(-1_000);

    private EventLoops() {}

    /** The number of event loops that the options ask for, or the default: one for each processor. */
    public static int count(ListenOptions options) {
        return options.eventLoops().orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    /**
     * Blocks until it listens; returns the port.
     *
     * @param opened receives connections when they are opened, on their event loops
     * @param faults receives the faults of connections that were never opened
     * @param grace  how long requests may take to be answered when the Vert.x ends; meanwhile it accepts no connections
     * @throws ListenException when it cannot; nothing listens then
     */
    public static int listen(Vertx vertx, HttpServerOptions http, Handler<HttpServerRequest> handler,
            Handler<HttpConnection> opened, Handler<Throwable> faults, ListenOptions options,
            Duration grace) {
        int shared = options.port() == 0 ? FREE_PORT.getAndDecrement() : options.port();
        var port = new AtomicInteger();
        var deployed = vertx.deployVerticle(() -> new VerticleBase() {
            private @Nullable HttpServer server;

            @Override
            public Future<?> stop() {
                return server == null || grace.isZero() ? Future.succeededFuture() : server.shutdown(grace);
            }

            @Override
            public Future<?> start() {
                server = vertx.createHttpServer(http);
                return server.requestHandler(handler)
                        .connectionHandler(opened)
                        .exceptionHandler(faults)
                        .listen(shared, options.host())
                        .onSuccess(listening -> port.set(listening.actualPort()));
            }
        }, new DeploymentOptions().setInstances(count(options)));
        try {
            deployed.toCompletionStage().toCompletableFuture().get(LISTEN_SECONDS, TimeUnit.SECONDS);
            return port.get();
        } catch (ExecutionException e) {
            throw failure(options, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new ListenException(Reason.OTHER, cannot(options) + "it took too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ListenException(Reason.OTHER, cannot(options) + "the thread was interrupted");
        }
    }

    private static ListenException failure(ListenOptions options, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("in use")) {
            return new ListenException(Reason.PORT_IN_USE,
                    "Port " + options.port() + " is already in use. Choose another one.");
        } else if (text.contains("Permission denied")) {
            return new ListenException(Reason.PERMISSION_DENIED,
                    "Port " + options.port() + " is reserved for privileged users. Choose one above 1023.");
        } else if (cause instanceof UnknownHostException || text.contains("assign requested address")) {
            return new ListenException(Reason.UNKNOWN_ADDRESS, "Host \"" + options.host()
                    + "\" is not an address of this machine. 0.0.0.0 is all of them.");
        }
        return new ListenException(Reason.OTHER, cannot(options) + cause);
    }

    private static String cannot(ListenOptions options) {
        return "Cannot listen on " + options.host() + " port " + options.port() + ": ";
    }
}
