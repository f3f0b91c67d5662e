package dev.parley.server.internal.json;

import dev.parley.protocol.engine.PlainText;
import dev.parley.protocol.engine.Surrogates;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import dev.parley.server.RawJson;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes values as the JSON of arguments, with byte arrays as attachments, and reads them back. Safe from any thread. */
public final class JsonCodec {
    /** Codec for the server's own JSON, and for applications that set no mapper. */
    // The decoder has checked the depth and the kind of the JSON before.
    public static final JsonCodec DEFAULT = of(JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build()).build());

    private final JsonMapper mapper;

    private JsonCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Creates a codec with the application's mapper, except that bytes in values become attachments. */
    public static JsonCodec of(JsonMapper mapper) {
        return new JsonCodec(mapper.rebuild()
                .addModule(new SimpleModule().addSerializer(byte[].class, new BytesSerializer())
                        .addSerializer(ByteBuffer.class, new BufferSerializer()))
                .build());
    }

    /** Returns the arguments of an acknowledgement. */
    public Arguments arguments(@Nullable Object @Nullable... values) {
        return write(null, listed(values));
    }

    /** Returns the values. A {@code null} in place of the array is one value, {@code null}. */
    private static @Nullable Object[] listed(@Nullable Object @Nullable [] values) {
        return values == null ? new @Nullable Object[]{null} : values;
    }

    /**
     * Returns an event with its name and its values.
     *
     * @throws IllegalArgumentException when clients use the name for events of their own
     */
    public Arguments event(String name, @Nullable Object @Nullable... given) {
        checkName(name);
        var values = listed(given);
        // Fast path for audio events.
        if (values.length == 1 && PlainText.is(name)) {
            if (values[0] instanceof String text && PlainText.is(text)) {
                return Arguments.plain(name, text);
            }
            if (values[0] instanceof byte[] bytes) {
                return Arguments.attachment(name, bytes);
            }
        }
        return write(name, values);
    }

    /** Rejects reserved event names: a client that receives one closes the connection. */
    static void checkName(String name) {
        if (SocketPacket.isReserved(name)) {
            throw new IllegalArgumentException(name + " is a name that clients use for events of their own");
        }
    }

    public ArrayNode tree(Arguments arguments) {
        var tree = (ArrayNode) mapper.readTree(Surrogates.unescaped(arguments.json()));
        if (!arguments.attachments().isEmpty()) {
            restore(tree, arguments.attachments());
        }
        return tree;
    }

    JsonNode tree(String json) {
        return mapper.readTree(Surrogates.unescaped(json));
    }

    JavaType type(Type type) {
        return mapper.constructType(type);
    }

    @Nullable Object convert(JsonNode node, JavaType type) {
        return mapper.treeToValue(node, type);
    }

    /**
     * Returns the type of a property, by its name in JSON; null when the class has none of this name.
     *
     * @param owner a value, or the class of one that was not built
     */
    @Nullable JavaType property(Object owner, String name) {
        var type = type(owner instanceof Class<?> known ? known : owner.getClass());
        try {
            var found = mapper._deserializationContext().findNonContextualValueDeserializer(type);
            var property = found instanceof BeanDeserializerBase bean
                    ? bean.findProperty(PropertyName.construct(name))
                    : null;
            return property == null ? null : property.getType();
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Returns one value as JSON text, without its attachments. */
    public String write(Object value) {
        return encoded(value, new ArrayList<>(0));
    }

    /** Returns one value as JSON text, with its bytes as placeholders. */
    private String encoded(Object value, List<byte[]> attachments) {
        return encoded(value, attachments, new boolean[1]);
    }

    private String encoded(Object value, List<byte[]> attachments, boolean[] lookalike) {
        var text = new StringWriter();
        var writer = mapper.writer();
        try (var out = new AttachmentGenerator(writer.createGenerator(text), attachments)) {
            writer.writeValue(out, value);
            lookalike[0] |= out.sawLookalike();
        }
        return Surrogates.escaped(text.toString());
    }

    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 16);
        quote(out, text);
        return out.toString();
    }

    private Arguments write(@Nullable String name, @Nullable Object[] values) {
        var attachments = new ArrayList<byte[]>(0);
        boolean[] lookalike = new boolean[1];
        var out = new StringBuilder(64);
        out.append('[');
        if (name != null) {
            quote(out, name);
        }
        for (Object value : values) {
            if (out.length() > 1) {
                out.append(',');
            }
            value(out, value, attachments, lookalike);
        }
        out.append(']');
        if (!attachments.isEmpty() && (lookalike[0] || hasRaw(values))) {
            refuseLookalikes(lookalike[0], values);
        }
        return Arguments.ofChecked(out.toString(), attachments);
    }

    private static boolean hasRaw(@Nullable Object[] values) {
        for (Object value : values) {
            if (value instanceof RawJson) {
                return true;
            }
        }
        return false;
    }

    /** Rejects objects that look like placeholders: clients replace them by an attachment, or close the connection. */
    private void refuseLookalikes(boolean seen, @Nullable Object[] values) {
        boolean[] found = {seen};
        for (Object value : values) {
            if (value instanceof RawJson raw) {
                encoded(mapper.readTree(Surrogates.unescaped(raw.json())), new ArrayList<>(0), found);
            }
        }
        if (found[0]) {
            throw new IllegalArgumentException("an event with bytes cannot also carry an object with"
                    + " \"_placeholder\": true, which clients take for an attachment: rename that property, or send the"
                    + " bytes in an event of their own");
        }
    }

    private void value(StringBuilder out, @Nullable Object value, List<byte[]> attachments,
            boolean[] lookalike) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(out, text);
            case Boolean flag -> out.append(flag);
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(number.longValue());
            case RawJson raw -> out.append(Surrogates.escaped(raw.json()));
            case byte[] bytes -> placeholder(out, bytes, attachments);
            case ByteBuffer bytes -> placeholder(out, copy(bytes), attachments);
            default -> out.append(encoded(value, attachments, lookalike));
        }
    }

    private static void placeholder(StringBuilder out, byte[] bytes, List<byte[]> attachments) {
        out.append("{\"_placeholder\":true,\"num\":").append(attachments.size()).append('}');
        attachments.add(bytes);
    }

    /** Returns the bytes from position to limit. The buffer is not changed. */
    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Appends a JSON string, in runs between the few characters that need an escape. */
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            // Besides JSON's own rule: U+001E would end a packet of a polling payload.
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, from, at).append('\\');
                switch (c) {
                    case '\n' -> out.append('n');
                    case '\r' -> out.append('r');
                    case '\t' -> out.append('t');
                    case '"', '\\' -> out.append(c);
                    default ->
                        out.append("u00").append(c < 16 ? '0' : '1').append(Character.forDigit(c & 15, 16));
                }
                from = at + 1;
            } else if (Character.isSurrogate(c)) {
                if (Surrogates.lone(text, at) == at) {
                    out.append(text, from, at).append("\\u").append(Integer.toHexString(c));
                    from = at + 1;
                } else {
                    at++;
                }
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private static void restore(JsonNode node, List<byte[]> attachments) {
        switch (node) {
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    var bytes = attachment(array.get(i), attachments);
                    if (bytes != null) {
                        array.set(i, bytes);
                    } else {
                        restore(array.get(i), attachments);
                    }
                }
            }
            case ObjectNode object -> {
                for (String name : List.copyOf(object.propertyNames())) {
                    var bytes = attachment(object.get(name), attachments);
                    if (bytes != null) {
                        object.set(name, bytes);
                    } else {
                        restore(object.get(name), attachments);
                    }
                }
            }
            default -> {}
        }
    }

    private static @Nullable BinaryNode attachment(JsonNode node, List<byte[]> attachments) {
        if (!node.path("_placeholder").isBoolean() || !node.path("_placeholder").booleanValue()) {
            return null;
        }
        int number = node.path("num").asInt(-1);
        return number >= 0 && number < attachments.size() ? BinaryNode.valueOf(attachments.get(number))
                : null;
    }

    /** Replaces also a serializer of the application's mapper: the bytes of an event are its attachments. */
    private static final class BytesSerializer extends ValueSerializer<byte[]> {
        @Override
        public void serialize(byte[] value, JsonGenerator out, SerializationContext context) {
            out.writeBinary(value);
        }
    }

    private static final class BufferSerializer extends ValueSerializer<ByteBuffer> {
        @Override
        public void serialize(ByteBuffer value, JsonGenerator out, SerializationContext context) {
            out.writeBinary(copy(value));
        }
    }
}
