package dev.parley.cascade;

import dev.parley.voice.language.GenerationEvent;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of a generation to the thread of its stream. Texts that arrive meanwhile are joined, so that at most one message waits;
 * past {@value #MOST} characters they are dropped, and the reply is too long in any case. Thread-safe.
 */
final class EventRelay implements Consumer<GenerationEvent> {

    static final int MOST = 100_000;

    private final Consumer<Consumer<Instant>> owner;
    private final BiConsumer<GenerationEvent, Instant> to;
    private final StringBuilder text = new StringBuilder();
    private @Nullable GenerationEvent last;
    private boolean posted;

    EventRelay(Consumer<Consumer<Instant>> owner, BiConsumer<GenerationEvent, Instant> to) {
        this.owner = owner;
        this.to = to;
    }

    @Override
    public void accept(GenerationEvent event) {
        synchronized (this) {
            if (event instanceof GenerationEvent.Text(var piece)) {
                if (text.length() < MOST) {
                    text.append(piece);
                }
            } else {
                last = event;
            }
            if (posted) {
                return;
            }
            posted = true;
        }
        owner.accept(this::deliver);
    }

    private void deliver(Instant now) {
        String pieces;
        GenerationEvent end;
        synchronized (this) {
            pieces = text.toString();
            text.setLength(0);
            end = last;
            last = null;
            posted = false;
        }
        if (!pieces.isEmpty()) {
            to.accept(new GenerationEvent.Text(pieces), now);
        }
        if (end != null) {
            to.accept(end, now);
        }
    }
}
