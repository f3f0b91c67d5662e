package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.PlainText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event or an answer: the JSON array as it travels, {@code ["name",1,{"_placeholder":true,"num":0}]}, with the
 * attachments that its placeholders stand for. The text is kept raw, so that relaying costs no parse; a name with one plain string is
 * not even put together unless somebody asks for the JSON. The decoder hands out checked ones; who builds one by hand vouches for the
 * JSON. Attachments are not copied and must not be changed. Immutable; any thread.
 */
public final class Arguments {
    private static final String ONLY_ATTACHMENT = "\",{\"_placeholder\":true,\"num\":0}]";

    /** Null until asked for, when there is a plain string: any thread would write the same. */
    private @Nullable String json;
    private final String name;
    private final @Nullable String plain;
    private final List<byte[]> attachments;

    /**
     * Arguments with attachments.
     *
     * @throws IllegalArgumentException when the text is too short for an array, or there are attachments and it is none whose placeholders
     *                                  all stand for one of them: clients close the connection on others
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

    /** Arguments with attachments whose placeholders were checked before, or are written by the caller. */
    public static Arguments ofChecked(String json, List<byte[]> attachments) {
        return new Arguments(requireArray(json), "", null, attachments);
    }

    /** Arguments without attachments. */
    public static Arguments of(String json) {
        return new Arguments(json, List.of());
    }

    /**
     * An event with a single string.
     *
     * @param name plain text, as {@link PlainText} has it; the string too
     */
    public static Arguments plain(String name, String text) {
        return new Arguments(null, name, text, List.of());
    }

    /**
     * An event with a single attachment.
     *
     * @param name plain text, as {@link PlainText} has it
     */
    public static Arguments attachment(String name, byte[] bytes) {
        return new Arguments("[\"" + name + ONLY_ATTACHMENT, "", null, List.of(bytes));
    }

    /** The JSON array, the name of an event first, placeholders where attachments belong. */
    public String json() {
        String known = json;
        if (known == null) {
            known = plain == null ? "[]" : "[\"" + name + "\",\"" + plain + "\"]";
            json = known;
        }
        return known;
    }

    /** What the placeholders stand for, by their numbers; not copies. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /** The string of an event that has nothing but its name and this, when it is known without a parse. */
    public Optional<String> plainText() {
        return Optional.ofNullable(plain);
    }

    /** The attachment of an event that has nothing but its name and this, when it is known without a parse. */
    public Optional<byte[]> onlyAttachment() {
        if (attachments.size() != 1 || !json().endsWith(ONLY_ATTACHMENT) || !json().startsWith("[\"")) {
            return Optional.empty();
        }
        int nameEnd = json().length() - ONLY_ATTACHMENT.length();
        return nameEnd >= 2 && PlainText.is(json(), 2, nameEnd) ? Optional.of(attachments.getFirst())
                : Optional.empty();
    }

    /**
     * The name of the event: the first element. A number is allowed as a name and given as its text; anything else is empty. A plain
     * name costs a scan to its closing quote.
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

    /** Characters and bytes held. */
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

    /** What was said is not told. */
    @Override
    public String toString() {
        return "Arguments[" + weight() + " bytes]";
    }
}
