package dev.parley.protocol.engine;

import org.jspecify.annotations.Nullable;

/** An Engine.IO packet. Immutable, provided that nobody changes the bytes of a {@link Binary}. */
public sealed interface EnginePacket {
    /** The data of the {@link Ping} and {@link Pong} with which a client tests a WebSocket before it upgrades. */
    String PROBE = "probe";

    /** Server to client, first and once: the handshake, a JSON object. */
    record Open(String json) implements EnginePacket {}

    /** Either side: closes the session. */
    record Close() implements EnginePacket {}

    /** The heartbeat, without data, from the server in revision 4; or the probe of an upgrade, {@link #PROBE}, from the client. */
    record Ping(String data) implements EnginePacket {}

    /** Responds to a {@link Ping} with the same data. */
    record Pong(String data) implements EnginePacket {}

    /**
     * Either side: a text message, in one part, or in three so that a long string within JSON need not be copied when relayed. Messages
     * with equal texts are equal.
     *
     * @param plain    empty, or {@link PlainText} between two ASCII texts
     * @param compress whether a transport may compress it
     */
    record Message(String before, String plain, String after, boolean compress) implements EnginePacket {
        /** Creates a message that may be compressed. */
        public Message(String before, String plain, String after) {
            this(before, plain, after, true);
        }

        /** Creates a message in one part that may be compressed. */
        public Message(String text) {
            this(text, "", "", true);
        }

        /** Returns the text, with its parts joined. */
        public String text() {
            return plain.isEmpty() && after.isEmpty() ? before : before + plain + after;
        }

        /** Returns the number of characters of the text. */
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
     * @param data     not copied
     * @param compress whether a transport may compress it
     */
    record Binary(byte[] data, boolean compress) implements EnginePacket {
        /** Creates a message that may be compressed. */
        public Binary(byte[] data) {
            this(data, true);
        }
    }

    /** Client to server, on the new transport: completes the upgrade. */
    record Upgrade() implements EnginePacket {}

    /** Server to client: ends a pending poll without data. */
    record Noop() implements EnginePacket {}

    /** Returns whether a transport may compress this packet: false unless it is a message. */
    default boolean compress() {
        return false;
    }

    /** Returns this packet with compression disabled. */
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

    /** Returns the approximate size in memory and on the network: characters or bytes, and one for the type. */
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
