package dev.parley.server;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.PreparedEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a socket needs of its connection. */
interface Outlet {
    TransportKind transport();

    ClientConnection connection();

    void send(Socket socket, PreparedEvent event);

    /** The callback runs on the loop. */
    void ask(Socket socket, Arguments event, @Nullable Duration timeout, Socket.AckCallback callback);

    void disconnect(Socket socket, boolean closeConnection);

    default void moveAway() {}
}
