package dev.parley.server.internal.json;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A received event, whose arguments are parsed when they are read. */
public final class IncomingEvent implements Event {
    private final String name;
    private final ParsedArguments parsed;
    private final JsonCodec json;
    private final @Nullable Consumer<Arguments> answer;
    private final @Nullable AtomicBoolean answered;

    public IncomingEvent(String name, Arguments arguments, @Nullable Consumer<Arguments> answer,
            JsonCodec json) {
        this.json = json;
        this.name = name;
        this.parsed = new ParsedArguments(arguments, 1);
        this.answer = answer;
        this.answered = answer == null ? null : new AtomicBoolean();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Arguments arguments() {
        return parsed.arguments();
    }

    @Override
    public boolean wantsAck() {
        return answer != null;
    }

    @Override
    public void ack(@Nullable Object... values) {
        if (answer == null || answered == null || answered.get()) {
            return;
        }
        // Counted only when it can be encoded: after a failure, an error can still be acknowledged.
        ackRaw(json.arguments(values));
    }

    @Override
    public void ackRaw(Arguments values) {
        if (answer != null && answered != null && answered.compareAndSet(false, true)) {
            try {
                answer.accept(values);
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
        return RecordBinder.bind(parsed, json, type);
    }
}
