package dev.parley.server.internal.json;

import dev.parley.server.ArgumentTypeException;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Converts JSON to values of the application's classes. Messages of Jackson quote the client's data, so none is passed on. Stateless; any
 * thread.
 */
final class ArgumentConverter {
    private ArgumentConverter() {}

    /**
     * Returns JSON as a value. {@code null} fits only types that have a value for it.
     *
     * @param place names the value in the message of a failure
     * @throws ArgumentTypeException    when the JSON does not fit
     * @throws IllegalArgumentException when Jackson cannot build such values at all
     */
    @SuppressWarnings("unchecked")
    static <T> T value(JsonCodec json, JsonNode node, Class<T> type, Supplier<String> place) {
        return (T) required(json, node, type, place); // Class.cast refuses the boxed value of int.class
    }

    /** {@link #value(JsonCodec, JsonNode, Class, Supplier)} for a generic type. */
    @SuppressWarnings("unchecked")
    static <T> T value(JsonCodec json, JsonNode node, TypeReference<T> type, Supplier<String> place) {
        return (T) required(json, node, type.getType(), place);
    }

    private static Object required(JsonCodec json, JsonNode node, Type type, Supplier<String> place) {
        Object value = orNull(json, node, type, place);
        if (value == null) {
            throw ArgumentErrors.of(place.get(), "", name(json.type(type)), "");
        }
        return value;
    }

    /** {@link #value(JsonCodec, JsonNode, Class, Supplier)}, null for JSON's {@code null} where the type has no value for it. */
    static @Nullable Object orNull(JsonCodec json, JsonNode node, Type type, Supplier<String> place) {
        var wanted = json.type(type);
        try {
            return json.convert(node, wanted);
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException("the JSON mapper cannot build values of "
                    + name(e.getType() == null ? wanted : e.getType())
                    + ": it needs a record, a constructor that Jackson can use, or a deserializer");
        } catch (JacksonException e) {
            throw mismatch(json, wanted, e, place.get());
        } catch (RuntimeException e) {
            // Thrown by a deserializer of the application.
            throw ArgumentErrors.of(place.get(), "", name(wanted), e.getClass().getSimpleName());
        }
    }

    private static ArgumentTypeException mismatch(JsonCodec json, JavaType wanted, JacksonException failure,
            String place) {
        var path = new StringBuilder();
        @Nullable JavaType expected = wanted;
        for (JacksonException.Reference step : failure.getPath()) {
            String property = step.getPropertyName();
            if (property == null) {
                path.append('[').append(step.getIndex()).append(']');
                expected = null;
                continue;
            }
            // Only names of properties: others, such as keys of maps, are the client's data.
            expected = json.property(step.from(), property);
            path.append(path.isEmpty() ? "" : ".").append(expected == null ? "*" : property);
        }
        Throwable cause = failure.getCause();
        return ArgumentErrors.of(place, path.toString(),
                expected == null ? targetOf(failure) : name(expected),
                cause == null || cause instanceof JacksonException ? "" : cause.getClass().getSimpleName());
    }

    private static String targetOf(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown && unknown.getReferringClass() != null) {
            return "a field of " + simpleName(unknown.getReferringClass());
        }
        return failure instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null
                ? simpleName(mismatched.getTargetType())
                : "another type";
    }

    /** Returns the simple name of a type with those of its parameters: {@code Map<String, List<Move>>}. */
    static String name(JavaType type) {
        if (type.isArrayType()) {
            return name(type.getContentType()) + "[]";
        }
        var name = new StringBuilder(simpleName(type.getRawClass()));
        for (int i = 0; i < type.containedTypeCount(); i++) {
            name.append(i == 0 ? "<" : ", ").append(name(type.containedType(i)));
        }
        return name.append(type.containedTypeCount() > 0 ? ">" : "").toString();
    }

    private static String simpleName(Class<?> type) {
        return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
    }
}
