package dev.parley.server;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import tools.jackson.core.JacksonException;

/** Makes a record of an event's arguments. */
final class Binding {
    private Binding() {}

    static <T extends Record> T bind(Values values, Json json, Class<T> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(component -> component.getType()).toArray(Class<?>[]::new);
        var arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var node = values.json(i);
            if (node.isMissingNode()) {
                throw new IllegalArgumentException("there is no argument " + i);
            }
            try {
                arguments[i] = json.convert(node, components[i].getGenericType());
            } catch (JacksonException e) {
                // Jackson's message quotes what the client sent, which may be speech.
                throw new IllegalArgumentException("argument " + i + " is no " + types[i].getSimpleName());
            }
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "the arguments are no " + type.getSimpleName() + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be made: " + type, e);
        }
    }
}
