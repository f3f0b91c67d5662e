package dev.parley.protocol.session;

/** The reason why a {@link ClientSession} has ended or has not upgraded. Immutable. */
public sealed interface ClientFailure {

    /** Returns the reason in a few words, without secrets. */
    String reason();

    /** A failure that the session detects by itself. */
    enum Cause implements ClientFailure {
        /** The client closed the session. */
        LEFT("io client disconnect"),
        /** The server sent a close packet. */
        CLOSED_BY_SERVER("transport close"),
        /** The server was silent for longer than the heartbeat allows. */
        SILENCE("ping timeout"),
        /** The server's first packet is no handshake. */
        NO_HANDSHAKE("no handshake"),
        /** Upgrade: the WebSocket did not open in time. */
        NOT_OPENED("the WebSocket did not open in time"),
        /** Upgrade: the server sent no response to the probe. */
        PROBE_UNANSWERED("the WebSocket opened, but the probe was not answered"),
        /** Upgrade: the server sent something else than a response to the probe. */
        PROBE_WRONG("the WebSocket opened, but the probe got a wrong response"),
        /** Upgrade: the pending poll or POST did not end in time. */
        POLLING_NOT_ENDED("the polling request in flight did not end");

        private final String reason;

        Cause(String reason) {
            this.reason = reason;
        }

        @Override
        public String reason() {
            return reason;
        }
    }

    /**
     * The server sent something malformed.
     *
     * @param handshake whether it is the JSON of the handshake; else it is a packet
     * @param detail    the fault in a few words, without content
     */
    record Malformed(boolean handshake, String detail) implements ClientFailure {
        @Override
        public String reason() {
            return "parse error: " + detail;
        }
    }

    /**
     * A failure of a transport, which the session's owner detected. The owner's implementation holds the details that it needs later, such
     * as the status, the headers and the beginning of the body of a response. The session passes it on unchanged.
     */
    non-sealed interface Transport extends ClientFailure {}
}
