package dev.parley.server;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** The arguments of an event, without its name, or of an acknowledgement. Parsed on demand. Not thread-safe. */
public sealed interface Values permits Event, Reply {
    /** The number of arguments. */
    int size();

    /**
     * The text of a string argument.
     *
     * @throws ArgumentTypeException when there is no such argument or it is not a string
     */
    String text(int index);

    /** The argument as a tree, with attachments as binary nodes; a missing node when there is no such argument. */
    JsonNode json(int index);

    /** The bytes of an argument that is an attachment, not copied. Empty when there is no such argument or it is no attachment. */
    Optional<byte[]> bytes(int index);

    /**
     * The argument as a value of a class that Jackson, or the mapper set by {@link ServerOptions.Builder#jsonMapper}, can build.
     *
     * @throws ArgumentTypeException    when there is no such argument, it does not fit, or it is JSON's {@code null} and the type has no
     *                                  value for that; an {@link IllegalArgumentException}
     * @throws IllegalArgumentException when the mapper cannot build such values at all
     */
    <T> T as(int index, Class<T> type);

    /**
     * The argument as a value of a generic type, as {@code new TypeReference<List<Move>>() {}}.
     *
     * @throws ArgumentTypeException    when there is no such argument, it does not fit, or it is JSON's {@code null} and the type has no
     *                                  value for that; an {@link IllegalArgumentException}
     * @throws IllegalArgumentException when the mapper cannot build such values at all
     */
    <T> T as(int index, TypeReference<T> type);

    /**
     * All arguments as plain Java values: {@code String}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code Double} or {@code
     * BigDecimal}, {@code Boolean}, null, {@code byte[]} for attachments (not copied), {@code List} and {@code Map<String, Object>}. The
     * list is unmodifiable, and so are those within.
     */
    List<@Nullable Object> all();

    /**
     * All arguments as a record whose components stand for them in their order: {@code record Move(int x, int y)} for {@code ("move", 1,
     * 2)}. More arguments than components are ignored.
     *
     * @throws ArgumentTypeException    when there are fewer arguments than components, one does not fit, or the record's constructor throws;
     *                                  an {@link IllegalArgumentException}
     * @throws IllegalArgumentException when the mapper cannot build such values at all
     */
    <T extends Record> T bind(Class<T> type);
}
