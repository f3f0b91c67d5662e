package dev.parley.voice.conversation;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserEvent.ConversationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a conversation ends by itself: after a time in which the user says and types nothing and the assistant does nothing, and in any case after the
 * longest time of a stream, which is announced a minute before. Commands without words, and sound in which the model hears none, do not keep it alive.
 * Not thread-safe.
 */
final class Lifetime {

    private static final Duration NOTICE = Duration.ofMinutes(1);

    private final Duration inactivity;
    private final Duration longest;
    private Instant active = Instant.MIN;
    private @Nullable Instant opened;
    private boolean announced;

    /** @param longest zero is without limit */
    Lifetime(Duration inactivity, Duration longest) {
        this.inactivity = inactivity;
        this.longest = longest;
    }

    /** The user or the assistant has done something. */
    void active(Instant now) {
        active = now;
    }

    /** A conversation begins, without a stream. */
    void begin(Instant now) {
        active = now;
        opened = null;
    }

    /** The model has sent an event: the user's words, or a part of an answer. Counts of tokens are neither. */
    void on(ModelEvent event, Instant now) {
        if (!(event instanceof ModelEvent.Usage)) {
            active = now;
        }
    }

    /** A stream was opened. */
    void opened(Instant now) {
        active = now;
        opened = longest.isZero() ? null : now;
        announced = longest.compareTo(NOTICE) <= 0;
    }

    /** The stream is closed. */
    void closed() {
        opened = null;
    }

    /** Returns what the assistant says when the end is a minute away, once. */
    Optional<ModelCommand> notice(Instant now) {
        Instant began = opened;
        if (began == null || announced || now.isBefore(began.plus(longest).minus(NOTICE))) {
            return Optional.empty();
        }
        announced = true;
        return Optional.of(new ModelCommand.Notice(Endings.LAST_MINUTE));
    }

    /** Returns the reason for which the conversation ends now, if there is one. */
    Optional<ConversationFailed> end(Instant now) {
        if (!now.isBefore(active.plus(inactivity))) {
            return Optional.of(Endings.inactive(inactivity));
        }
        Instant began = opened;
        return began != null && !now.isBefore(began.plus(longest)) ? Optional.of(Endings.longest(longest))
                : Optional.empty();
    }

    /** Returns when to look again. */
    Instant next() {
        Instant idle = active.plus(inactivity);
        Instant began = opened;
        if (began == null) {
            return idle;
        }
        Instant end = announced ? began.plus(longest) : began.plus(longest).minus(NOTICE);
        return end.isBefore(idle) ? end : idle;
    }
}
