package dev.parley.nova;

import dev.parley.voice.ModelEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The change from the active stream to the next one, which is open beside it until the service answers there.
 *
 * <p>
 * Both streams hear the user meanwhile. The next one answers a question that is asked during the change, so the events of the active one
 * are withheld from that question on. At most {@value #MAX_WITHHELD} are kept, for the case that the change fails. Not thread-safe.
 */
final class Handover {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MAX_WITHHELD = 1_024;

    private final List<ModelEvent> withheld = new ArrayList<>();
    private @Nullable ChainStream next;
    private boolean withholding;
    private Instant deadline = Instant.MAX;
    private Instant notBefore = Instant.MIN;

    /** Returns the next stream, or null if no change is pending. */
    @Nullable ChainStream next() {
        return next;
    }

    /** Returns the streams that hear the user. */
    List<ChainStream> listening(@Nullable ChainStream active) {
        return Stream.of(Optional.ofNullable(active), Optional.ofNullable(next))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns whether this is the number of the next stream. */
    boolean isNext(int number) {
        return next != null && next.number == number;
    }

    /** Returns whether a change may begin: none is pending, and none failed a moment ago. */
    boolean allowed(Instant now) {
        return next == null && !now.isBefore(notBefore);
    }

    /** Returns whether the next stream has not answered within its time. */
    boolean overdue(Instant now) {
        return next != null && !now.isBefore(deadline);
    }

    /** @param questionOpen whether a question is unanswered, which is then left to the next stream */
    void begin(ChainStream stream, Instant until, boolean questionOpen) {
        next = stream;
        deadline = until;
        withholding = questionOpen;
    }

    /** Withholds events of the active stream from now on, if a change is pending. */
    void question() {
        withholding = next != null;
    }

    /** Decides whether an event of the active stream is withheld, and keeps it if so. */
    boolean withholds(ModelEvent event) {
        if (event instanceof ModelEvent.UserText) {
            question();
        }
        if (!withholding) {
            return false;
        }
        if (withheld.size() < MAX_WITHHELD) {
            withheld.add(event);
        }
        return true;
    }

    /** Ends the change and drops what was withheld. Returns the next stream, or null if no change was pending. */
    @Nullable ChainStream end() {
        ChainStream ended = next;
        next = null;
        withholding = false;
        withheld.clear();
        return ended;
    }

    /** Gives up the next stream for now. Returns the withheld events, which the active stream emits after all. */
    List<ModelEvent> abandon(Instant now) {
        List<ModelEvent> kept = List.copyOf(withheld);
        end();
        notBefore = now.plus(RETRY);
        return kept;
    }
}
