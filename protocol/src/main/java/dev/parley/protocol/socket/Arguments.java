package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.PlainText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event or an ack: a JSON array such as {@code ["name",1,{"_placeholder":true,"num":0}]}, and the attachments of its
 * placeholders. The text is kept as received, so that relaying it needs no parser; an event with a single plain string is not even
 * joined until {@link #json} is called. The decoder returns checked arguments; other callers must pass valid JSON. Attachments are
 * not copied and must not be changed. Immutable; safe from any thread.
 */
public final class Arguments {
    private static final String ONLY_ATTACHMENT = "\",{\"_placeholder\":true,\"num\":0}]";

    /** Null until first used if there is a plain string. A race is harmless: every thread writes an equal text. */
    private @Nullable String json;
    private final String name;
    private final @Nullable String plain;
    private final List<byte[]> attachments;

    /**
     * Creates arguments with attachments.
     *
     * @throws IllegalArgumentException if the text is too short for an array, or if there are attachments and the text is not an array
     *                                  whose placeholders all have one: clients close the connection on such a packet
     */
    public Arguments(String json, List<byte[]> attachments) {
        this(requireArray(json), "", null, attachments);
        if (!attachments.isEmpty()) {
            try {
                JsonCheck.array(json, Integer.MAX_VALUE, attachments.size());
            } catch (MalformedPacketException e) {
                throw new IllegalArgumentException(
                        "arguments with attachments are a JSON array whose placeholders stand for them: "
                                + e.getMessage());
            }
        }
    }

    private Arguments(@Nullable String json, String name, @Nullable String plain, List<byte[]> attachments) {
        this.json = json;
        this.name = name;
        this.plain = plain;
        this.attachments = List.copyOf(attachments);
    }

    private static String requireArray(String json) {
        if (json.length() < 2) {
            throw new IllegalArgumentException("arguments are a JSON array");
        }
        return json;
    }

    /** Creates arguments with attachments, without checking their placeholders. */
    public static Arguments ofChecked(String json, List<byte[]> attachments) {
        return new Arguments(requireArray(json), "", null, attachments);
    }

    /** Creates arguments without attachments. */
    public static Arguments of(String json) {
        return new Arguments(json, List.of());
    }

    /**
     * Creates the arguments of an event with a single string.
     *
     * @param name {@link PlainText}, as is the string
     */
    public static Arguments plain(String name, String text) {
        return new Arguments(null, name, text, List.of());
    }

    /**
     * Creates the arguments of an event with a single attachment.
     *
     * @param name {@link PlainText}
     */
    public static Arguments attachment(String name, byte[] bytes) {
        return new Arguments("[\"" + name + ONLY_ATTACHMENT, "", null, List.of(bytes));
    }

    /** Returns the JSON array: the name of an event first, and placeholders for the attachments. */
    public String json() {
        String known = json;
        if (known == null) {
            known = plain == null ? "[]" : "[\"" + name + "\",\"" + plain + "\"]";
            json = known;
        }
        return known;
    }

    /** Returns the attachments in the order of their numbers, not copied. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /** Returns the single string of an event, if it is known without a parser. */
    public Optional<String> plainText() {
        return Optional.ofNullable(plain);
    }

    /** Returns the single attachment of an event, if it is known without a parser. */
    public Optional<byte[]> onlyAttachment() {
        if (attachments.size() != 1 || !json().endsWith(ONLY_ATTACHMENT) || !json().startsWith("[\"")) {
            return Optional.empty();
        }
        int nameEnd = json().length() - ONLY_ATTACHMENT.length();
        return nameEnd >= 2 && PlainText.is(json(), 2, nameEnd) ? Optional.of(attachments.getFirst())
                : Optional.empty();
    }

    /**
     * Returns the name of the event: the first element. A number is returned as text; any other element gives an empty name. A name
     * without escapes costs a scan to its closing quote.
     */
    public String name() {
        if (plain != null) {
            return name;
        }
        String text = json();
        if (text.startsWith("[\"")) {
            int end = text.indexOf('"', 2);
            if (end > 0 && text.lastIndexOf('\\', end) < 0) {
                return text.substring(2, end);
            }
        }
        return JsonCheck.firstScalar(text);
    }

    /** Returns the size in characters and bytes. */
    public int weight() {
        int weight = plain == null ? json().length() : name.length() + plain.length() + 7;
        for (int i = 0; i < attachments.size(); i++) {
            weight += attachments.get(i).length;
        }
        return weight;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arguments arguments && json().equals(arguments.json())
                && attachments.equals(arguments.attachments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(json(), attachments);
    }

    /** Omits the content, which may be private. */
    @Override
    public String toString() {
        return "Arguments[" + weight() + " bytes]";
    }
}
