package dev.parley.server;

import dev.parley.protocol.socket.Arguments;

/**
 * The acknowledgement of an event by a client, or by another server. Implemented by the server: applications do not implement it, and
 * methods may be added.
 */
public non-sealed interface Reply extends Values {
    /** The arguments as they came, not parsed. */
    Arguments arguments();
}
