package dev.parley.examples;

import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RecoveryOptions;
import java.util.TreeSet;

/** A chat with rooms: a client gives a name and joins rooms; a message to a room goes to all of its members. */
public final class Chat {
    private Chat() {}

    public static void main(String[] args) {
        Start.listen("chat", server(), args, 3001);
    }

    static SocketIoServer server() {
        var io = SocketIoServer
                .create(ServerOptions.builder().connectionStateRecovery(RecoveryOptions.defaults()).build());
        io.use(Chat::requireName);
        io.onConnection(socket -> {
            var name = String.valueOf(socket.data().get("name"));
            socket.on("join", event -> {
                String room = event.text(0);
                socket.join(room);
                socket.to(room).emit("joined", room, name);
                event.ack(io.in(room).fetchSockets().size());
            });
            socket.on("leave", event -> {
                socket.leave(event.text(0));
                socket.to(event.text(0)).emit("left", event.text(0), name);
            });
            // The sender receives it too, so that all clients see the same order. "typing" is volatile: a late one is useless.
            socket.on("say", Saying.class, saying -> {
                if (socket.rooms().contains(saying.room)) {
                    io.to(saying.room).emit("said", saying.room, name, saying.text);
                }
            });
            socket.on("typing", event -> socket.to(event.text(0)).asVolatile().emit("typing", name));
            socket.onDisconnecting(reason -> {
                var rooms = new TreeSet<>(socket.rooms());
                rooms.remove(socket.id());
                rooms.forEach(room -> socket.to(room).emit("left", room, name));
            });
        });
        return io;
    }

    private static void requireName(Socket socket) throws RefusedException {
        String name = socket.handshake().credentials().map(auth -> auth.path("name").asString("")).orElse("");
        if (name.isBlank() || name.length() > 40) {
            throw new RefusedException("a name of 1 to 40 characters, please");
        }
        socket.data().put("name", name);
    }

    /** A message to a room. */
    record Saying(String room, String text) {}
}
