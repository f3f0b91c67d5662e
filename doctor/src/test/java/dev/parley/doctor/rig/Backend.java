package dev.parley.doctor.rig;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Our server on a port of its own, with the echo that the doctor measures with; answers 404 beside Socket.IO. */
public final class Backend implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final SocketIoServer io;
    private final int port;

    /** One address beside Socket.IO that answers something else than 404. */
    private record Page(String path, int status, String body) {}

    private Backend(ServerOptions options, Page page) {
        io = SocketIoServer.create(options);
        io.of("/parley-doctor")
                .onConnection(socket -> socket.onInline("echo",
                        event -> event.ack(event.bytes(0).<Object>map(bytes -> bytes).orElseGet(() -> event.text(0)))));
        var sockets = SocketIoHttp.handler(io);
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

    public static Backend start() {
        return start(options().build());
    }

    public static Backend start(ServerOptions options) {
        return new Backend(options, new Page("", 404, ""));
    }

    /** With one more address that answers this. */
    public static Backend saying(String path, int status, String body) {
        return new Backend(options().build(), new Page(path, status, body));
    }

    /** Pings soon, so that waiting for one does not take long; takes old clients. */
    public static ServerOptions.Builder options() {
        return ServerOptions.builder()
                .allowEIO3(true)
                .pingInterval(Duration.ofSeconds(4))
                .pingTimeout(Duration.ofSeconds(20));
    }

    public int port() {
        return port;
    }

    /** Open ones, of Engine.IO. */
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
