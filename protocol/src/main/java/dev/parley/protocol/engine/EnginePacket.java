package dev.parley.protocol.engine;

import org.jspecify.annotations.Nullable;

/** One Engine.IO packet. Immutable by agreement: a {@link Binary}'s bytes are handed over once and not changed afterwards. */
public sealed interface EnginePacket {
    /** Server to client, once, first: the handshake as a JSON object. */
    record Open(String json) implements EnginePacket {}

    /** Either side: the session ends here. */
    record Close() implements EnginePacket {}

    /** Server to client as the heartbeat (empty), client to server as the probe of an upgrade ({@code probe}). */
    record Ping(String data) implements EnginePacket {}

    /** The answer to a {@link Ping}, with the same data. */
    record Pong(String data) implements EnginePacket {}

    /**
     * Either side: a text message, whole, or in three parts so that a long string in the midst of JSON need not be copied on its way
     * through. Two are equal when their texts are.
     *
     * @param plain    empty, or as {@link PlainText} has it, and then what is around it is ASCII
     * @param compress whether a transport that can compress may do so
     */
    record Message(String before, String plain, String after, boolean compress) implements EnginePacket {
        /** One that may be compressed, as by default. */
        public Message(String before, String plain, String after) {
            this(before, plain, after, true);
        }

        /** A whole one that may be compressed, as by default. */
        public Message(String text) {
            this(text, "", "", true);
        }

        /** What the layer above says. */
        public String text() {
            return plain.isEmpty() && after.isEmpty() ? before : before + plain + after;
        }

        /** Characters of the text. */
        public int length() {
            return before.length() + plain.length() + after.length();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Message message && length() == message.length()
                    && compress == message.compress && text().equals(message.text()));
        }

        @Override
        public int hashCode() {
            return text().hashCode();
        }
    }

    /**
     * Either side: a binary message.
     *
     * @param data     what the layer above says; handed over, not copied
     * @param compress whether a transport that can compress may do so
     */
    record Binary(byte[] data, boolean compress) implements EnginePacket {
        /** One that may be compressed, as by default. */
        public Binary(byte[] data) {
            this(data, true);
        }
    }

    /** Client to server, on the new transport: from here on use this one. */
    record Upgrade() implements EnginePacket {}

    /** Server to client: nothing to say, but the hanging poll has to end. */
    record Noop() implements EnginePacket {}

    /** Whether a transport that can compress may do so: messages may unless told otherwise, what the protocol says itself never is. */
    default boolean compress() {
        return false;
    }

    /** This packet, not to be compressed on its way. */
    default EnginePacket uncompressed() {
        return switch (this) {
            case Message message -> new Message(message.before(), message.plain(), message.after(), false);
            case Binary binary -> new Binary(binary.data(), false);
            case Open open -> open;
            case Close close -> close;
            case Ping ping -> ping;
            case Pong pong -> pong;
            case Upgrade upgrade -> upgrade;
            case Noop noop -> noop;
        };
    }

    /** Roughly what this packet occupies on the wire and in memory: characters of text or bytes of binary, plus its type. */
    default int weight() {
        return 1 + switch (this) {
            case Open open -> open.json().length();
            case Ping ping -> ping.data().length();
            case Pong pong -> pong.data().length();
            case Message message -> message.length();
            case Binary binary -> binary.data().length;
            case Close close -> 0;
            case Upgrade upgrade -> 0;
            case Noop noop -> 0;
        };
    }
}
