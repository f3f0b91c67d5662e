package dev.parley.bench.server;

import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Parley, with its defaults. */
public final class ParleyTarget {
    private ParleyTarget() {}

    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var io = SocketIoServer.create(ServerOptions.defaults());
        io.of("/").onConnection(socket -> answer(io, socket));
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        var server = vertx
                .createHttpServer(new HttpServerOptions().setTcpNoDelay(true).setAcceptBacklog(4096))
                .requestHandler(SocketIoHttp.handler(io))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        Control.serve(server.actualPort());
    }

    private static void answer(SocketIoServer io, Socket socket) {
        socket.onInline("text", event -> socket.emit("text", event.text(0)));
        socket.on("task", event -> socket.emit("task", event.text(0)));
        socket.onInline("raw", event -> socket.emitRaw(event.arguments()));
        socket.onInline("bin", event -> socket.emit("bin", event.bytes(0).orElseThrow()));
        socket.on("bintask", event -> socket.emit("bintask", event.bytes(0).orElseThrow()));
        socket.onInline("all", event -> io.of("/").emit("all", event.text(0)));
    }
}
