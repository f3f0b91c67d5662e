package dev.parley.server.internal.namespace;

import dev.parley.server.Socket;
import dev.parley.server.adapter.LocalSocket;

/** A client of this server in a namespace, as the namespace, its adapter and the server see it. Safe from any thread. */
public interface NamespaceMember extends Socket, LocalSocket {
    /** Returns the number of events and tasks that wait for the socket's handlers. */
    int queuedTasks();

    /** Ends the whole connection as a lost one, so that the client reconnects, to another server if there is one. */
    void moveAway();
}
