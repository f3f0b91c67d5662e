package dev.parley.protocol;

/**
 * Reports that a packet of the peer is malformed. The codecs throw it; the machine that calls them catches it and closes the session or
 * connection. The message is fixed and contains nothing that the peer sent. It has no stack trace, since a hostile peer could otherwise
 * cause the cost of one with every packet.
 */
public final class MalformedPacketException extends RuntimeException {
    /** Creates an exception with a fixed message, which quotes nothing that was received. */
    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
