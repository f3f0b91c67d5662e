package dev.parley.server.parser;

import dev.parley.protocol.engine.Surrogates;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes one packet. Its JSON with attachments becomes MessagePack with the bytes in place of the placeholders. */
final class MessagePackWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private MessagePackWriter() {}

    static byte[] write(SocketPacket packet) {
        try (var out = MessagePack.newDefaultBufferPacker()) {
            switch (packet) {
                case SocketPacket.Connect connect -> write(out, 0, connect, null, connect.json(), List.of());
                case SocketPacket.Disconnect disconnect -> write(out, 1, disconnect, null, null, List.of());
                case SocketPacket.Event event -> write(out, 2, event, event.ackId(), event.arguments());
                case SocketPacket.Ack ack -> write(out, 3, ack, ack.ackId(), ack.arguments());
                case SocketPacket.ConnectError error -> write(out, 4, error, null, error.json(), List.of());
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(MessageBufferPacker out, int type, SocketPacket packet, @Nullable Long id,
            Arguments arguments) throws IOException {
        write(out, type, packet, id, arguments.json(), arguments.attachments());
    }

    private static void write(MessageBufferPacker out, int type, SocketPacket packet, @Nullable Long id,
            @Nullable String data, List<byte[]> attachments) throws IOException {
        out.packMapHeader(2 + (data == null ? 0 : 1) + (id == null ? 0 : 1));
        out.packString("type").packInt(type);
        if (data != null) {
            out.packString("data");
            value(out, JSON.readTree(Surrogates.unescaped(data)), attachments);
        }
        if (id != null) {
            out.packString("id").packLong(id);
        }
        out.packString("nsp").packString(packet.namespace());
    }

    private static void value(MessageBufferPacker out, JsonNode node, List<byte[]> attachments)
            throws IOException {
        switch (node.getNodeType()) {
            case STRING -> out.packString(Surrogates.wellFormed(node.stringValue()));
            case BOOLEAN -> out.packBoolean(node.booleanValue());
            case NUMBER -> number(out, node);
            case ARRAY -> {
                out.packArrayHeader(node.size());
                for (JsonNode child : node) {
                    value(out, child, attachments);
                }
            }
            case OBJECT -> object(out, node, attachments);
            default -> out.packNil();
        }
    }

    private static void number(MessageBufferPacker out, JsonNode node) throws IOException {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            out.packLong(node.longValue());
        } else {
            out.packDouble(node.asDouble());
        }
    }

    private static void object(MessageBufferPacker out, JsonNode node, List<byte[]> attachments)
            throws IOException {
        int number = node.path("_placeholder").asBoolean(false) ? node.path("num").asInt(-1) : -1;
        if (number >= 0 && number < attachments.size()) {
            byte[] bytes = attachments.get(number);
            out.packBinaryHeader(bytes.length).writePayload(bytes);
            return;
        }
        out.packMapHeader(node.size());
        for (var property : node.properties()) {
            out.packString(Surrogates.wellFormed(property.getKey()));
            value(out, property.getValue(), attachments);
        }
    }
}
