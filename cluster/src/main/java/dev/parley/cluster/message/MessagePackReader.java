package dev.parley.cluster.message;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads one MessagePack value as a tree. Bytes become binary nodes, times become text as in JavaScript's JSON, and other extensions become
 * null. A length is not trusted until that many bytes are known to be present, and nesting is limited.
 */
final class MessagePackReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final byte TIMESTAMP = -1;
    private static final int LONG_BITS = 63;

    private final MessageUnpacker in;
    private final int size;
    private final int maxDepth;

    private MessagePackReader(byte[] bytes, int maxDepth) {
        this.in = MessagePack.newDefaultUnpacker(bytes);
        this.size = bytes.length;
        this.maxDepth = maxDepth;
    }

    /**
     * Reads the only value of these bytes.
     *
     * @throws MalformedMessageException when they are not one value, or it is nested too deeply
     */
    static JsonNode read(byte[] bytes, int maxDepth) {
        var reader = new MessagePackReader(bytes, maxDepth);
        try (reader.in) {
            var value = reader.value(0);
            if (reader.in.hasNext()) {
                throw new MalformedMessageException("bytes after the value");
            }
            return value;
        } catch (IOException | MessagePackException | ArithmeticException e) {
            throw new MalformedMessageException("not MessagePack");
        }
    }

    private JsonNode value(int depth) throws IOException {
        if (depth > maxDepth) {
            throw new MalformedMessageException("nested too deeply");
        }
        return switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                yield NODES.nullNode();
            }
            case BOOLEAN -> NODES.booleanNode(in.unpackBoolean());
            case INTEGER -> integer(in.unpackBigInteger());
            case FLOAT -> number(in.unpackDouble());
            case STRING -> NODES.stringNode(text());
            case BINARY -> NODES.binaryNode(payload(in.unpackBinaryHeader()));
            case ARRAY -> {
                int length = present(in.unpackArrayHeader());
                var array = NODES.arrayNode();
                for (int i = 0; i < length; i++) {
                    array.add(value(depth + 1));
                }
                yield array;
            }
            case MAP -> {
                int length = present(in.unpackMapHeader());
                var object = NODES.objectNode();
                for (int i = 0; i < length; i++) {
                    object.set(text(), value(depth + 1));
                }
                yield object;
            }
            case EXTENSION -> extension();
        };
    }

    private static JsonNode integer(BigInteger value) {
        return value.bitLength() <= LONG_BITS ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
    }

    private JsonNode extension() throws IOException {
        var header = in.unpackExtensionTypeHeader();
        if (header.getType() == TIMESTAMP) {
            present(header.getLength());
            try {
                return NODES.stringNode(TIME.format(in.unpackTimestamp(header)));
            } catch (java.time.DateTimeException e) {
                throw new MalformedMessageException("not a time");
            }
        }
        payload(header.getLength());
        return NODES.nullNode();
    }

    private String text() throws IOException {
        return new String(payload(in.unpackRawStringHeader()), StandardCharsets.UTF_8);
    }

    private byte[] payload(int length) throws IOException {
        return in.readPayload(present(length));
    }

    private int present(int length) {
        if (length < 0 || length > size - in.getTotalReadBytes()) {
            throw new MalformedMessageException("shorter than announced");
        }
        return length;
    }
}
