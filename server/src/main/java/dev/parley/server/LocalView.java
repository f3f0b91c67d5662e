package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A socket as its namespace's adapter sees it. */
record LocalView(ClientSocket socket) implements LocalSocket {
    @Override
    public String id() {
        return socket.id();
    }

    @Override
    public SocketDescription describe() {
        return new SocketDescription(socket.id(), socket.handshake().toJson(), socket.rooms(), socket.data());
    }

    @Override
    public void deliver(PreparedEvent event) {
        socket.deliver(event);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void ask(Arguments event, Duration timeout, AckCollector collector) {
        var asked = new CompletableFuture<Reply>();
        asked.whenComplete((reply, failure) -> {
            if (failure == null) {
                collector.answered(reply.arguments());
            } else {
                collector.unanswered();
            }
        });
        socket.ask(event, timeout, asked);
    }

    @Override
    public void enter(Set<String> rooms) {
        socket.join(rooms);
    }

    @Override
    public void exit(Set<String> rooms) {
        socket.leave(rooms);
    }

    @Override
    public void expel(boolean closeConnection) {
        socket.disconnect(closeConnection);
    }
}
