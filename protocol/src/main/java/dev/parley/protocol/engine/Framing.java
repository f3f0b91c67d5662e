package dev.parley.protocol.engine;

/** The encoding of packets for one client: the revision, and whether binary is base64. */
public enum Framing {
    /** Revision 4: binary is a binary frame on WebSocket, and {@code b} with base64 on polling. */
    V4(EngineRevision.V4),
    /** Revision 4 for a client that requested text only, with {@code b64=1}: {@code b} with base64 on WebSocket too. */
    V4_BASE64(EngineRevision.V4),
    /** Revision 3 for a client that accepts binary. */
    V3(EngineRevision.V3),
    /** Revision 3 for a client that requested text only, with {@code b64=1}. */
    V3_BASE64(EngineRevision.V3);

    private final EngineRevision revision;

    Framing(EngineRevision revision) {
        this.revision = revision;
    }

    /** Returns the framing of a revision, for a client that accepts text only or binary too. */
    public static Framing of(EngineRevision revision, boolean textOnly) {
        return switch (revision) {
            case V4 -> textOnly ? V4_BASE64 : V4;
            case V3 -> textOnly ? V3_BASE64 : V3;
        };
    }

    /** Returns the revision. */
    public EngineRevision revision() {
        return revision;
    }

    /** Returns whether binary is base64 text on WebSocket too. */
    public boolean textOnly() {
        return this == V4_BASE64 || this == V3_BASE64;
    }
}
