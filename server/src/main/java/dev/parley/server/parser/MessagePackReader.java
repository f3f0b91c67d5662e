package dev.parley.server.parser;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one packet. Its data becomes JSON, with placeholders for bytes, which become attachments. {@code undefined}, which the JavaScript
 * side writes as an extension, becomes null. A length that a peer announces is not trusted until that many bytes are known to be present.
 */
final class MessagePackReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_NAMESPACE = 512;
    private static final byte TIMESTAMP = -1;

    private final MessageUnpacker in;
    private final int size;
    private final SocketLimits limits;
    private final List<byte[]> attachments = new ArrayList<>(0);
    private int type = -1;
    private String namespace = "";
    private @Nullable Long id;
    private @Nullable String data;

    MessagePackReader(byte[] packet, SocketLimits limits) {
        this.in = MessagePack.newDefaultUnpacker(packet);
        this.size = packet.length;
        this.limits = limits;
    }

    SocketPacket read() {
        try (in) {
            int fields = in.unpackMapHeader();
            for (int i = 0; i < fields; i++) {
                field();
            }
            if (in.hasNext()) {
                throw new MalformedPacketException("something after the packet");
            }
            return packet();
        } catch (IOException | MessagePackException | JacksonException e) {
            throw new MalformedPacketException("not MessagePack");
        }
    }

    private void field() throws IOException {
        switch (text()) {
            case "type" -> type = in.unpackInt();
            case "nsp" -> namespace = text();
            case "id" -> {
                if (in.getNextFormat().getValueType() == ValueType.INTEGER) {
                    id = in.unpackLong();
                } else {
                    json();
                }
            }
            case "data" -> data = json();
            default -> json();
        }
    }

    private SocketPacket packet() {
        if (!namespace.startsWith("/") || namespace.length() > MAX_NAMESPACE || (id != null && id < 0)) {
            throw new MalformedPacketException("no such namespace or id");
        }
        String json = data == null || data.equals("null") ? "" : data;
        return switch (type) {
            case 0 -> new SocketPacket.Connect(namespace, json.isEmpty() ? null : starting(json, "{"));
            case 1 -> new SocketPacket.Disconnect(namespace);
            case 2 -> {
                var event = Arguments.ofChecked(starting(json, "["), attachments);
                char first = json.charAt(1);
                if (first != '"' && first != '-' && !Character.isDigit(first)) {
                    throw new MalformedPacketException("an event without a name");
                }
                if (SocketPacket.isReserved(event.name())) {
                    throw new MalformedPacketException("an event with a reserved name");
                }
                yield new SocketPacket.Event(namespace, id, event);
            }
            case 3 -> {
                if (id == null) {
                    throw new MalformedPacketException("an ack without an id");
                }
                yield new SocketPacket.Ack(namespace, id,
                        Arguments.ofChecked(starting(json, "["), attachments));
            }
            case 4 -> new SocketPacket.ConnectError(namespace, starting(json, "{"));
            default -> throw new MalformedPacketException("unknown packet type");
        };
    }

    private static String starting(String json, String with) {
        if (!json.startsWith(with)) {
            throw new MalformedPacketException("not the kind of data expected");
        }
        return json;
    }

    private String json() throws IOException {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            value(out, 0);
        }
        return text.toString();
    }

    private void value(JsonGenerator out, int depth) throws IOException {
        if (depth > limits.maxDepth()) {
            throw new MalformedPacketException("nested too deeply");
        }
        switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                out.writeNull();
            }
            case BOOLEAN -> out.writeBoolean(in.unpackBoolean());
            case INTEGER -> out.writeNumber(in.unpackBigInteger());
            case FLOAT -> out.writeNumber(in.unpackDouble());
            case STRING -> out.writeString(text());
            case BINARY -> attachment(out, payload(in.unpackBinaryHeader()));
            case ARRAY -> {
                int length = in.unpackArrayHeader();
                out.writeStartArray();
                for (int i = 0; i < length; i++) {
                    value(out, depth + 1);
                }
                out.writeEndArray();
            }
            case MAP -> {
                int length = in.unpackMapHeader();
                out.writeStartObject();
                for (int i = 0; i < length; i++) {
                    out.writeName(text());
                    value(out, depth + 1);
                }
                out.writeEndObject();
            }
            case EXTENSION -> extension(out);
        }
    }

    private void extension(JsonGenerator out) throws IOException {
        var header = in.unpackExtensionTypeHeader();
        if (header.getType() == TIMESTAMP) {
            out.writeString(in.unpackTimestamp(header).toString());
        } else {
            payload(header.getLength());
            out.writeNull();
        }
    }

    private void attachment(JsonGenerator out, byte[] bytes) {
        if (attachments.size() == limits.maxAttachments()) {
            throw new MalformedPacketException("too many attachments");
        }
        out.writeStartObject();
        out.writeBooleanProperty("_placeholder", true);
        out.writeNumberProperty("num", attachments.size());
        out.writeEndObject();
        attachments.add(bytes);
    }

    private String text() throws IOException {
        return new String(payload(in.unpackRawStringHeader()), StandardCharsets.UTF_8);
    }

    private byte[] payload(int length) throws IOException {
        if (length < 0 || length > size - in.getTotalReadBytes()) {
            throw new MalformedPacketException("shorter than announced");
        }
        return in.readPayload(length);
    }
}
