package dev.parley.doctor.rig;

import dev.parley.server.Namespace;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.HttpOptions;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Parley's server with the echo namespace of the doctor. Responds 404 outside Socket.IO. */
public final class TestServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final SocketIoServer io;
    private final int port;

    /** A path outside Socket.IO with its own response. */
    private record Page(String path, int status, String body) {}

    private TestServer(ServerOptions options, HttpOptions http, Page page) {
        io = SocketIoServer.create(options);
        io.of("/parley-doctor")
                .onConnection(socket -> socket.onInline("echo", event -> event
                        .ack(event.bytes(0).<Object>map(bytes -> bytes).orElseGet(() -> event.text(0)))));
        var sockets = SocketIoHttp.handler(io, http);
        var server = vertx.createHttpServer().requestHandler(request -> {
            if (request.path().startsWith(options.path()) || options.path().equals(request.path() + "/")) {
                sockets.handle(request);
            } else if (request.path().equals(page.path())) {
                request.response().setStatusCode(page.status()).end(page.body());
            } else {
                request.response().setStatusCode(404).end("nothing here");
            }
        });
        try {
            port = server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .actualPort();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestServer start() {
        return start(options().build());
    }

    public static TestServer start(ServerOptions options) {
        return new TestServer(options, HttpOptions.defaults(), new Page("", 404, ""));
    }

    /** Starts a server that compresses every message of a WebSocket whose client offers it. */
    static TestServer compressing() {
        return new TestServer(options().build(), HttpOptions.builder().perMessageDeflate(0).build(),
                new Page("", 404, ""));
    }

    Namespace of(String name) {
        return io.of(name);
    }

    /** Starts a server with one more path. */
    public static TestServer saying(String path, int status, String body) {
        return new TestServer(options().build(), HttpOptions.defaults(), new Page(path, status, body));
    }

    /** Returns options with short ping intervals, for short tests, and with old clients allowed. */
    public static ServerOptions.Builder options() {
        return ServerOptions.builder()
                .allowEIO3(true)
                .pingInterval(Duration.ofSeconds(4))
                .pingTimeout(Duration.ofSeconds(20));
    }

    public int port() {
        return port;
    }

    /** Returns the number of open Engine.IO sessions. */
    public int sessions() {
        return io.sessions();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        io.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
