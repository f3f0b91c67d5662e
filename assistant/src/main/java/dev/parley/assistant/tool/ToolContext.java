package dev.parley.assistant.tool;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The context of one conversation's tools: the clock, the zone, and the values that a tool keeps for this conversation.
 *
 * <p>
 * The call creates one for each conversation; a test creates its own. A tool that needs a value between calls takes it with {@link #value},
 * under a type of its own. Thread-safe, as its values must be.
 */
public final class ToolContext {

    private final InstantSource clock;
    private final ZoneId zone;
    private final Map<Class<?>, Object> values = new ConcurrentHashMap<>();

    /**
     * Creates the context of a conversation that begins.
     *
     * @param clock the clock of the tools
     * @param zone  the user's zone, unless a place is named
     */
    public ToolContext(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** Returns the clock of the tools. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns the user's zone. */
    public ZoneId zone() {
        return zone;
    }

    /** Sets the conversation's value of this type, and returns this. */
    public <T> ToolContext with(Class<T> type, T value) {
        values.put(type, value);
        return this;
    }

    /** Returns the conversation's value of this type; creates it on first use. */
    public <T> T value(Class<T> type, Supplier<T> first) {
        return type.cast(values.computeIfAbsent(type, absent -> first.get()));
    }
}
