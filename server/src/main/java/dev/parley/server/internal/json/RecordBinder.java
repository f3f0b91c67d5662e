package dev.parley.server.internal.json;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Creates a record from the arguments of an event. Stateless; any thread. */
final class RecordBinder {
    private RecordBinder() {}

    static <T extends Record> T bind(ParsedArguments parsed, JsonCodec json, Class<T> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(component -> component.getType()).toArray(Class<?>[]::new);
        var arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = parsed.orNull(json, i, components[i].getGenericType());
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            // Its message may quote the arguments.
            throw ArgumentErrors.of(parsed.place(), "", type.getSimpleName(),
                    e.getTargetException().getClass().getSimpleName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be made: " + type, e);
        }
    }
}
