package dev.parley.examples;

import dev.parley.server.SocketIoServer;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Vertx;

/** A Socket.IO server on a port of its own. */
record Listening(Vertx vertx, SocketIoServer io, int port) implements AutoCloseable {
    /** Listens on this machine only; port 0 is any free one. */
    static Listening on(int port, SocketIoServer io) {
        var vertx = Vertx.vertx();
        var http = vertx.createHttpServer()
                .requestHandler(SocketIoHttp.handler(io))
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new Listening(vertx, io, http.actualPort());
    }

    /** The port given on the command line, else this one. */
    static int port(String[] args, int otherwise) {
        return args.length == 0 ? otherwise : Integer.parseInt(args[0]);
    }

    @Override
    public void close() {
        io.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
