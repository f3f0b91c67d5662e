package dev.parley.examples;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;

/** Returns every event to its sender, and acknowledges events that request it. */
public final class Echo {
    private Echo() {}

    public static void main(String[] args) {
        Start.listen("echo", server(), args, 3000);
    }

    static SocketIoServer server() {
        var io = SocketIoServer.create(ServerOptions.defaults());
        io.onConnection(socket -> socket.onAny((name, event) -> {
            // Forwarded unchanged, attachments included, without parsing.
            socket.relay(name, event);
            event.ack(event.size());
        }));
        return io;
    }
}
