package dev.parley.cluster.message;

import dev.parley.protocol.engine.Surrogates;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import tools.jackson.databind.JsonNode;

/** Writes a tree as MessagePack, as {@code notepack.io} does: binary nodes become bytes, and numbers the shortest form. */
final class MessagePackWriter {
    private MessagePackWriter() {}

    static byte[] write(JsonNode value) {
        try (var out = MessagePack.newDefaultBufferPacker()) {
            value(out, value);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void value(MessageBufferPacker out, JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case STRING -> out.packString(Surrogates.wellFormed(node.stringValue()));
            case BOOLEAN -> out.packBoolean(node.booleanValue());
            case BINARY -> {
                byte[] bytes = node.binaryValue();
                out.packBinaryHeader(bytes.length).writePayload(bytes);
            }
            case NUMBER -> {
                if (node.isIntegralNumber() && node.canConvertToLong()) {
                    out.packLong(node.longValue());
                } else {
                    out.packDouble(node.asDouble());
                }
            }
            case ARRAY -> {
                out.packArrayHeader(node.size());
                for (JsonNode child : node) {
                    value(out, child);
                }
            }
            case OBJECT -> {
                out.packMapHeader(node.size());
                for (var property : node.properties()) {
                    out.packString(Surrogates.wellFormed(property.getKey()));
                    value(out, property.getValue());
                }
            }
            default -> out.packNil();
        }
    }
}
