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
import java.util.concurrent.atomic.AtomicInteger;

/** Parley, with its defaults. */
public final class ParleyTarget {
    private ParleyTarget() {}

    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var io = SocketIoServer.create(ServerOptions.defaults());
        io.of("/").onConnection(socket -> answer(io, socket));
        var sockets = SocketIoHttp.handler(io);
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        var server = vertx
                .createHttpServer(new HttpServerOptions().setTcpNoDelay(true).setAcceptBacklog(4096))
                .requestHandler(request -> {
                    if ("/health".equals(request.path())) {
                        request.response().end("ok");
                    } else {
                        sockets.handle(request);
                    }
                })
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
        // Handlers cost memory: the idle connections of the benchmark have none that only attacks use.
        if (socket.handshake().credentials().isPresent()) {
            transfer(socket);
        }
    }

    private static void transfer(Socket socket) {
        var inOrder = new AtomicInteger();
        socket.on("slow", event -> {
            TimeUnit.MILLISECONDS.sleep(10);
            inOrder.compareAndSet(event.json(0).asInt(), event.json(0).asInt() + 1);
        });
        socket.on("slow-report", event -> event.ack(inOrder.get()));
        socket.on("down", event -> {
            String piece = "x".repeat(event.json(1).asInt());
            for (int i = 0; i < event.json(0).asInt(); i++) {
                socket.emit("piece", i, piece);
            }
        });
    }
}
