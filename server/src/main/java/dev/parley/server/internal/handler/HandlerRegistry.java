package dev.parley.server.internal.handler;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import dev.parley.server.EventFilter;
import dev.parley.server.EventHandler;
import dev.parley.server.Socket;
import dev.parley.server.SocketHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The event handlers and filters that an application has registered with one socket. Safe from any thread. */
// A handler is removed by the identical object.
@SuppressWarnings("ReferenceEquality")
public final class HandlerRegistry {
    final List<Socket.AnyHandler> any = new CopyOnWriteArrayList<>();
    final List<Socket.OutgoingHandler> anyOutgoing = new CopyOnWriteArrayList<>();
    final List<EventFilter> filters = new CopyOnWriteArrayList<>();
    private final Map<String, Registrations> byEvent = new ConcurrentHashMap<>(4);

    /**
     * Adds a handler.
     *
     * @param given the object that the application gave, by which it is removed
     * @param run   runs it
     */
    void add(String event, SocketHandler given, EventHandler run, boolean once) {
        refuseLifecycle(event);
        var one = new Registered(given, run, once ? new AtomicBoolean() : null);
        change(event, there -> there.with(one));
    }

    void setInline(String event, EventHandler handler) {
        refuseLifecycle(event);
        change(event, there -> there.inline(handler));
    }

    void remove(String event) {
        byEvent.remove(event);
    }

    void remove(String event, SocketHandler handler) {
        change(event, there -> there.without(registered -> registered.given == handler)
                .inline(there.inline == handler ? null : there.inline));
    }

    /** Rejects names of lifecycle events: clients do not send them, so their handlers would never run. */
    private static void refuseLifecycle(String event) {
        String instead = switch (event) {
            case "disconnect" -> "socket.onDisconnect(reason -> …)";
            case "disconnecting" -> "socket.onDisconnecting(reason -> …)";
            case "connect", "connection" -> "onConnection(socket -> …) of the server or namespace";
            default -> "";
        };
        if (!instead.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + event + "\" is not an event that a client sends: use " + instead);
        }
    }

    public boolean takes(String event) {
        return !any.isEmpty() || !filters.isEmpty() || !of(event).handlers.isEmpty();
    }

    /** Returns the inline handler of an event; null when there is none, or when filters must see every event first. */
    public @Nullable EventHandler quick(String event) {
        return filters.isEmpty() ? of(event).inline : null;
    }

    private Registrations of(String event) {
        return byEvent.getOrDefault(event, Registrations.NONE);
    }

    private void change(String event, UnaryOperator<Registrations> change) {
        byEvent.compute(event, (key, there) -> {
            var changed = change.apply(there == null ? Registrations.NONE : there);
            return changed.inline == null && changed.handlers.isEmpty() ? null : changed;
        });
    }

    /** Runs the filters, then the catch-all handlers, then the event's own. Called on a virtual thread. */
    public void run(Event event) throws Exception {
        for (EventFilter filter : filters) {
            if (!filter.pass(event)) {
                return;
            }
        }
        var registrations = of(event.name());
        var late = filters.isEmpty() ? null : registrations.inline;
        if (late != null) {
            late.on(event);
        }
        for (Socket.AnyHandler handler : any) {
            handler.on(event.name(), event);
        }
        for (Registered registered : of(event.name()).handlers) {
            if (registered.used != null) {
                change(event.name(), there -> there.without(each -> each == registered));
            }
            registered.run(event);
        }
    }

    /** Calls the observers of sent events. The failure of one does not keep the event from being sent. */
    public void sent(Arguments event, BiConsumer<String, Throwable> failed) {
        if (anyOutgoing.isEmpty()) {
            return;
        }
        String name = event.name();
        for (Socket.OutgoingHandler handler : anyOutgoing) {
            try {
                handler.on(name, event);
            } catch (Throwable e) {
                failed.accept(name, e);
            }
        }
    }

    private record Registered(SocketHandler given, EventHandler run, @Nullable AtomicBoolean used) {
        void run(Event event) throws Exception {
            if (used == null || used.compareAndSet(false, true)) {
                run.on(event);
            }
        }
    }

    /** The handlers of one event: the inline one, and the others. */
    private record Registrations(@Nullable EventHandler inline, List<Registered> handlers) {
        static final Registrations NONE = new Registrations(null, List.of());

        Registrations with(Registered one) {
            return new Registrations(inline, Stream.concat(handlers.stream(), Stream.of(one)).toList());
        }

        Registrations without(Predicate<Registered> which) {
            return new Registrations(inline, handlers.stream().filter(which.negate()).toList());
        }

        Registrations inline(@Nullable EventHandler other) {
            return new Registrations(other, handlers);
        }
    }
}
