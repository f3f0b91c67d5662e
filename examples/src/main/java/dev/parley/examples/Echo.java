package dev.parley.examples;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;

/** Sends every event back to who sent it, and answers those that want an answer. */
public final class Echo {
    private Echo() {}

    public static void main(String[] args) {
        var listening = Listening.on(Listening.port(args, 3000), server());
        System.out.println("echo listens on http://127.0.0.1:" + listening.port());
    }

    static SocketIoServer server() {
        var io = SocketIoServer.create(ServerOptions.defaults());
        io.onConnection(socket -> socket.onAny((name, event) -> {
            // Passed on as it came, attachments included, without parsing.
            socket.emitRaw(event.arguments());
            event.ack(event.size());
        }));
        return io;
    }
}
