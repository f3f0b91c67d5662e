package dev.parley.protocol.engine;

import java.util.Optional;

/** A revision of Engine.IO. Revisions differ in their encoding, and in which side pings. */
public enum EngineRevision {
    /** Revision 3, of Socket.IO clients 1.x and 2.x, which speak Socket.IO 4: the client pings. */
    V3("3"),
    /** Revision 4, of Socket.IO clients from 3.x on, which speak Socket.IO 5: the server pings. */
    V4("4");

    private final String text;

    EngineRevision(String text) {
        this.text = text;
    }

    /** Returns the value of a request's parameter {@code EIO}: {@code 3} or {@code 4}. */
    public String text() {
        return text;
    }

    /** Returns the number: 3 or 4. */
    public int number() {
        return this == V3 ? 3 : 4;
    }

    /** Returns the revision that a request's parameter {@code EIO} names. */
    public static Optional<EngineRevision> parse(String text) {
        for (EngineRevision revision : values()) {
            if (revision.text.equals(text)) {
                return Optional.of(revision);
            }
        }
        return Optional.empty();
    }
}
