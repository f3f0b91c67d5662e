package dev.parley.app.doctor.rig;

import dev.parley.app.EchoNamespace;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Our server on a port of its own, answering 404 beside Socket.IO. */
public final class Backend implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final SocketIoServer io;
    private final int port;

    private Backend(ServerOptions options) {
        io = SocketIoServer.create(options);
        EchoNamespace.open(io);
        var sockets = SocketIoHttp.handler(io);
        var server = vertx.createHttpServer().requestHandler(request -> {
            if (request.path().startsWith(options.path()) || options.path().equals(request.path() + "/")) {
                sockets.handle(request);
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
        return new Backend(options);
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
