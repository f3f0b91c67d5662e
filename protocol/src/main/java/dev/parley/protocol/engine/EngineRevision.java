package dev.parley.protocol.engine;

import java.util.Optional;

/** The revisions of Engine.IO in use. What differs between them is their encoding, and who pings. */
public enum EngineRevision {
    /** Socket.IO clients 1.x and 2.x, which speak revision 4 of Socket.IO: the client pings. */
    V3("3"),
    /** Socket.IO clients from 3.x on, which speak revision 5 of Socket.IO: the server pings. */
    V4("4");

    private final String text;

    EngineRevision(String text) {
        this.text = text;
    }

    /** The revision that a request's {@code EIO} parameter names. */
    public static Optional<EngineRevision> parse(String text) {
        for (EngineRevision revision : values()) {
            if (revision.text.equals(text)) {
                return Optional.of(revision);
            }
        }
        return Optional.empty();
    }
}
