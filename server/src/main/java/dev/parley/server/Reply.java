package dev.parley.server;

import dev.parley.protocol.socket.Arguments;

/** The reply of a client, or of another server, to an event. Implemented by the server: applications do not implement it, and methods may be added. */
public non-sealed interface Reply extends Values {
    /** The arguments as they came. */
    Arguments arguments();
}
