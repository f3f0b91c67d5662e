package dev.parley.server.internal.json;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A received event, whose arguments are parsed when they are read. */
public final class IncomingEvent extends ReceivedValues implements Event {
    private final String name;
    private final @Nullable Consumer<Arguments> answer;
    private final @Nullable AtomicBoolean answered;

    public IncomingEvent(String name, Arguments arguments, @Nullable Consumer<Arguments> answer,
            JsonCodec json) {
        super(arguments, 1, json);
        this.name = name;
        this.answer = answer;
        this.answered = answer == null ? null : new AtomicBoolean();
    }

    @Override
    public String name() {
        return name;
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
        ackRaw(codec().arguments(values));
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
}
