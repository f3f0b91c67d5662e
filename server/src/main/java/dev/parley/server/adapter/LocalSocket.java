package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.util.Set;

/** A socket of this server, as its adapter sees it. Safe from any thread; nothing here blocks. */
public interface LocalSocket {
    String id();

    SocketDescription describe();

    void deliver(PreparedEvent event);

    /** Sends an event that wants an answer; {@code expect} of the collector is not called. */
    void ask(Arguments event, Duration timeout, AckCollector collector);

    void enter(Set<String> rooms);

    void exit(Set<String> rooms);

    void expel(boolean closeConnection);
}
