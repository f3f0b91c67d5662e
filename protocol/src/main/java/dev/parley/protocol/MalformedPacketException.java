package dev.parley.protocol;

/**
 * A peer's bytes are not what the protocol allows. Thrown by the codecs and caught by the machine that called them, which turns it
 * into a close reason; it never crosses a layer. The text is fixed and holds nothing that the peer sent. It carries no stack trace,
 * because a hostile peer would otherwise buy one with every packet.
 */
public final class MalformedPacketException extends RuntimeException {
    /** With a fixed text that quotes nothing of what was received. */
    public MalformedPacketException(String message) {
        super(message, null, false, false);
    }
}
