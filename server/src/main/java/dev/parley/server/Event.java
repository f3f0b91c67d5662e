package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * One event from a client. Index 0 is the first argument after the name. Read by one thread at a time; {@link #ack} may be called from
 * any.
 */
public final class Event implements Values {
    private final String name;
    private final ParsedArguments parsed;
    private final Json json;
    private final @Nullable Consumer<Arguments> answer;
    private final @Nullable AtomicBoolean answered;

    Event(String name, Arguments arguments, @Nullable Consumer<Arguments> answer, Json json) {
        this.json = json;
        this.name = name;
        this.parsed = new ParsedArguments(arguments, 1);
        this.answer = answer;
        this.answered = answer == null ? null : new AtomicBoolean();
    }

    /** The event's name, as the client gave it. */
    public String name() {
        return name;
    }

    /** The whole event as it came, name included, to pass on without parsing. */
    public Arguments arguments() {
        return parsed.arguments();
    }

    /** Whether the client asked for an answer. */
    public boolean wantsAck() {
        return answer != null;
    }

    /**
     * Acknowledges the event, once: a second call does nothing, nor does a call when the client asked for no acknowledgement. One that
     * cannot be encoded, or is too large, does not count. Waits for room as {@link Socket#emit} does.
     *
     * @param values as for {@link Socket#emit}
     * @throws IllegalArgumentException when it is larger than {@code maxOutgoingSize}
     * @throws NotSentException         when there was no room within {@code sendTimeout}, or the thread was interrupted
     */
    public void ack(@Nullable Object... values) {
        if (answer == null || answered == null || answered.get()) {
            return;
        }
        // Spent only once it can be sent: after a failure, an error can still be acknowledged.
        var encoded = json.arguments(values);
        if (answered.compareAndSet(false, true)) {
            try {
                answer.accept(encoded);
            } catch (IllegalArgumentException e) {
                answered.set(false);
                throw e;
            }
        }
    }

    @Override
    public int size() {
        return parsed.size(json);
    }

    @Override
    public String text(int index) {
        return parsed.text(json, index);
    }

    @Override
    public JsonNode json(int index) {
        return parsed.json(json, index);
    }

    @Override
    public Optional<byte[]> bytes(int index) {
        return parsed.bytes(json, index);
    }

    @Override
    public <T> T as(int index, Class<T> type) {
        return parsed.as(json, index, type);
    }

    @Override
    public <T> T as(int index, TypeReference<T> type) {
        return parsed.as(json, index, type);
    }

    @Override
    public List<@Nullable Object> all() {
        return parsed.all(json);
    }

    @Override
    public <T extends Record> T bind(Class<T> type) {
        return Binding.bind(parsed, json, type);
    }
}
