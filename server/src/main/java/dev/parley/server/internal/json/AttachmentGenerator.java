package dev.parley.server.internal.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes a value's JSON as JavaScript clients expect it: bytes, wherever they are, as placeholders of attachments, and numbers that are not
 * finite as {@code null}. Used by one thread.
 */
final class AttachmentGenerator extends JsonGeneratorDelegate {
    private static final String MARK = "_placeholder";

    private final List<byte[]> attachments;
    private boolean marked;
    private boolean lookalike;

    /**
     * Creates a generator.
     *
     * @param attachments receives the bytes
     */
    AttachmentGenerator(JsonGenerator to, List<byte[]> attachments) {
        super(to, false);
        this.attachments = attachments;
    }

    /** Returns whether the value itself holds an object that clients would take for a placeholder. */
    boolean sawLookalike() {
        return lookalike;
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] bytes, int offset, int length) {
        boolean whole = offset == 0 && length == bytes.length;
        attach(whole ? bytes : Arrays.copyOfRange(bytes, offset, offset + length));
        return this;
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream bytes, int length) {
        try {
            byte[] all = length < 0 ? bytes.readAllBytes() : bytes.readNBytes(length);
            attach(all);
            return all.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void attach(byte[] bytes) {
        delegate.writeStartObject();
        delegate.writeBooleanProperty(MARK, true);
        delegate.writeNumberProperty("num", attachments.size());
        delegate.writeEndObject();
        attachments.add(bytes);
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        return Double.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return Float.isFinite(number) ? super.writeNumber(number) : writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] numbers, int offset, int length) {
        writeStartArray();
        for (int i = offset; i < offset + length; i++) {
            writeNumber(numbers[i]);
        }
        return writeEndArray();
    }

    @Override
    public JsonGenerator writeName(String name) {
        marked = MARK.equals(name);
        return super.writeName(name);
    }

    @Override
    public JsonGenerator writeName(SerializableString name) {
        marked = MARK.equals(name.getValue());
        return super.writeName(name);
    }

    @Override
    public JsonGenerator writeBoolean(boolean value) {
        lookalike |= marked && value;
        marked = false;
        return super.writeBoolean(value);
    }

    @Override
    public JsonGenerator writeStartObject() {
        marked = false;
        return super.writeStartObject();
    }

    @Override
    public JsonGenerator writeStartArray() {
        marked = false;
        return super.writeStartArray();
    }
}
