package dev.parley.calls;

import dev.parley.voice.conversation.ConversationEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts turns and barge-ins of one conversation, for the admin page. Read from any thread. */
final class CallStatus implements CallSubscriber {

    private volatile @Nullable Instant since;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger bargeIns = new AtomicInteger();

    /** When the first stream of the conversation was opened. */
    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    int turns() {
        return turns.get();
    }

    int bargeIns() {
        return bargeIns.get();
    }

    @Override
    public void on(ConversationEvent event, Instant now) {
        if (event instanceof ConversationEvent.StreamOpened(var _stream, var afterFailure) && !afterFailure) {
            since = now;
            turns.set(0);
            bargeIns.set(0);
        } else if (event instanceof ConversationEvent.TurnBegun) {
            turns.incrementAndGet();
        } else if (event instanceof ConversationEvent.Interrupted) {
            bargeIns.incrementAndGet();
        }
    }
}
