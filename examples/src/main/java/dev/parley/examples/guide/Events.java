package dev.parley.examples.guide;

import dev.parley.server.NoReplyException;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import java.time.Duration;

/** Events: rooms, broadcasts, acknowledgements, payloads. */
final class Events {
    private Events() {}

    static void handlers(SocketIoServer io) {
        // guide: handlers
        io.onConnection(socket -> {
            socket.on("chat", String.class, text -> io.emit("chat", text));
            socket.onDisconnect(reason -> System.out.println(socket.id() + " left: " + reason));
        });
        // guide: end
    }

    static void rooms(SocketIoServer io) {
        // guide: rooms
        io.onConnection(socket -> {
            socket.on("join", String.class, name -> {
                socket.join("room:" + name);
                socket.to("room:" + name).emit("joined", socket.id());
            });
            socket.on("leave", String.class, name -> socket.leave("room:" + name));
            socket.onDisconnecting(reason -> socket.to(socket.rooms()).emit("left", socket.id()));
        });
        // guide: end
    }

    static void broadcasts(SocketIoServer io, Socket socket, String id) {
        // guide: broadcasts
        io.emit("news", "to everyone");
        io.to("room:tea", "room:coffee").emit("news", "to two rooms, once to whoever is in both");
        io.to(id).emit("news", "to one client, by its id");
        io.except("room:quiet").emit("news", "to everyone outside a room");
        io.of("/admin").emit("news", "to another namespace");
        io.asVolatile().emit("position", 3, 4);
        socket.broadcast().emit("news", "to everyone but this client");
        // guide: end
    }

    static void namespaces(SocketIoServer io) {
        // guide: namespaces
        io.of("/admin").onConnection(socket -> {
            socket.on("kick", String.class, id -> io.to(id).disconnectSockets(true));
        });
        // guide: end
    }

    static void acknowledge(SocketIoServer io) {
        // guide: acknowledge
        io.onConnection(socket -> socket.on("add", event -> {
            int sum = event.as(0, Integer.class) + event.as(1, Integer.class);
            event.ack(sum);
        }));
        // guide: end
    }

    static void call(SocketIoServer io) {
        // guide: call
        io.onConnection(socket -> socket.on("order", String.class, item -> {
            try {
                var reply = socket.call(Duration.ofSeconds(10), "confirm", item);
                socket.emit("ordered", reply.as(0, Boolean.class));
            } catch (NoReplyException e) {
                socket.emit("ordered", false); // e.reason(): TIMEOUT, LEFT, TOO_MANY or INTERRUPTED
            }
        }));
        // guide: end
    }

    static int vote(SocketIoServer io) {
        // guide: call many
        var replies = io.to("room:tea").call(Duration.ofSeconds(10), "vote", "more biscuits?");
        long yes = replies.values(Boolean.class).stream().filter(vote -> vote).count();
        int silent = replies.expected() - replies.replies().size();
        // guide: end
        return (int) (yes - silent);
    }

    @SuppressWarnings("UnusedMethod") // Jackson calls the constructor.
    static void typed(SocketIoServer io) {
        // guide: typed
        record Message(String room, String text) {
            Message {
                if (room == null || text == null || text.length() > 1_000) {
                    throw new IllegalArgumentException("room and a text of at most 1000 characters");
                }
            }
        }
        record Said(String from, String text) {}

        io.onConnection(socket -> {
            socket.on("chat", Message.class, message -> io.to("room:" + message.room())
                    .emit("said", new Said(socket.id(), message.text())));
            socket.onError((event, failure) -> socket.emit("problem", event));
        });
        // guide: end
    }

    static void withAck(SocketIoServer io) {
        // guide: typed with ack
        record Move(int x, int y) {}

        io.onConnection(socket -> {
            // emit("move", {x, y}, ack)
            socket.on("move", Move.class, (move, event) -> event.ack(move.x() * move.y()));
            // emit("step", x, y, ack): one component for each argument
            socket.on("step", event -> {
                var move = event.bind(Move.class);
                event.ack(move.x() + move.y());
            });
        });
        // guide: end
    }

    static void bytes(SocketIoServer io) {
        // guide: bytes
        record Upload(String name, byte[] content) {}

        io.onConnection(socket -> {
            socket.on("upload", Upload.class, (upload, event) -> event.ack(upload.content().length));
            socket.on("picture", byte[].class, picture -> socket.broadcast().emit("picture", picture));
        });
        // guide: end
    }
}
