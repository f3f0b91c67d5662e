package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.util.Set;

/** A socket of this server, as its adapter sees it. Safe from any thread; nothing here blocks. */
public interface LocalSocket {
    /** Its id, which is also the name of the room that only it is in. */
    String id();

    /** What others may see of it, as of now. */
    SocketDescription describe();

    /** Sends an event that is encoded already. */
    void deliver(PreparedEvent event);

    /** Sends an event that wants an answer; {@code expect} of the collector is not called. */
    void ask(Arguments event, Duration timeout, AckCollector collector);

    /** Makes it join rooms. */
    void enter(Set<String> rooms);

    /** Makes it leave rooms. */
    void exit(Set<String> rooms);

    /** Puts it out of the namespace, and ends the whole connection when told. */
    void expel(boolean closeConnection);
}
