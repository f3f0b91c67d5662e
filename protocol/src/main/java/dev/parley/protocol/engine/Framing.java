package dev.parley.protocol.engine;

/** How packets are put on the wire for one transport of a client. */
public enum Framing {
    /** Revision 4: binary in frames of its own, in base64 behind a {@code b} when polling. */
    V4(EngineRevision.V4),
    /** Revision 4, to a client that asked with {@code b64=1} for text only: base64 behind a {@code b} on WebSocket too. */
    V4_BASE64(EngineRevision.V4),
    /** Revision 3, to a client that takes binary as it is. */
    V3(EngineRevision.V3),
    /** Revision 3, to a client that asked with {@code b64=1} for text only. */
    V3_BASE64(EngineRevision.V3);

    private final EngineRevision revision;

    Framing(EngineRevision revision) {
        this.revision = revision;
    }

    /** The framing of a revision, for a client that takes text only or one that takes binary too. */
    public static Framing of(EngineRevision revision, boolean textOnly) {
        return switch (revision) {
            case V4 -> textOnly ? V4_BASE64 : V4;
            case V3 -> textOnly ? V3_BASE64 : V3;
        };
    }

    /** The revision it belongs to. */
    public EngineRevision revision() {
        return revision;
    }

    /** Whether binary is encoded as base64 in text, on WebSocket too. */
    public boolean textOnly() {
        return this == V4_BASE64 || this == V3_BASE64;
    }
}
