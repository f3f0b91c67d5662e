package dev.parley.examples.spring;

import dev.parley.server.SocketIoServer;
import dev.parley.spring.SocketIoHandlers;
import org.springframework.stereotype.Component;

/** The bean of docs/library.md; {@code LibraryGuideTest} of the examples compares the two. */
// guide: spring boot
@Component
class Chat implements SocketIoHandlers {
    @Override
    public void register(SocketIoServer io) {
        io.onConnection(socket -> socket.on("say", String.class, text -> io.emit("said", text)));
    }
}
// guide: end
