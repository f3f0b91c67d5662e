package dev.parley.server;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a record of an event's arguments. */
final class Binding {
    private Binding() {}

    static <T extends Record> T bind(ParsedArguments parsed, Json json, Class<T> type) {
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
            throw ArgumentTypeException.of(parsed.place(), "", type.getSimpleName(),
                    e.getTargetException().getClass().getSimpleName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be made: " + type, e);
        }
    }
}
