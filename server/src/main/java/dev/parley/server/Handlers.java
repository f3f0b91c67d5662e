package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What an application has registered with one socket. Safe from any thread. */
// A handler is removed by what was given, which is this one or it is not.
@SuppressWarnings("ReferenceEquality")
final class Handlers {
    final List<Socket.AnyHandler> any = new CopyOnWriteArrayList<>();
    final List<Socket.OutgoingHandler> anyOutgoing = new CopyOnWriteArrayList<>();
    final List<EventFilter> filters = new CopyOnWriteArrayList<>();
    private final Map<String, CopyOnWriteArrayList<Registered>> named = new ConcurrentHashMap<>(4);
    private final Map<String, EventHandler> inline = new ConcurrentHashMap<>(2);

    void add(String event, EventHandler handler, boolean once) {
        named.computeIfAbsent(event, key -> new CopyOnWriteArrayList<>())
                .add(new Registered(handler, once ? new AtomicBoolean() : null));
    }

    void setInline(String event, EventHandler handler) {
        inline.put(event, handler);
    }

    void remove(String event) {
        named.remove(event);
        inline.remove(event);
    }

    void remove(String event, EventHandler handler) {
        var list = named.get(event);
        if (list != null) {
            list.removeIf(registered -> registered.handler == handler);
        }
        inline.remove(event, handler);
    }

    boolean takes(String event) {
        var list = named.get(event);
        return !any.isEmpty() || !filters.isEmpty() || (list != null && !list.isEmpty());
    }

    /** The inline handler of an event; none when filters want to see every event first. */
    @Nullable EventHandler quick(String event) {
        return filters.isEmpty() ? inline.get(event) : null;
    }

    /** Off the loop: filters, then catch-all handlers, then the event's own. */
    void run(Event event) throws Exception {
        for (EventFilter filter : filters) {
            if (!filter.pass(event)) {
                return;
            }
        }
        var late = filters.isEmpty() ? null : inline.get(event.name());
        if (late != null) {
            late.on(event);
        }
        for (Socket.AnyHandler handler : any) {
            handler.on(event.name(), event);
        }
        var list = named.get(event.name());
        if (list != null) {
            for (Registered registered : list) {
                registered.run(event, list);
            }
        }
    }

    void sent(Arguments event) {
        if (!anyOutgoing.isEmpty()) {
            String name = event.name();
            anyOutgoing.forEach(handler -> handler.on(name, event));
        }
    }

    private record Registered(EventHandler handler, @Nullable AtomicBoolean used) {
        void run(Event event, List<Registered> list) throws Exception {
            if (used != null) {
                list.remove(this);
                if (!used.compareAndSet(false, true)) {
                    return;
                }
            }
            handler.on(event);
        }
    }
}
