package dev.parley.voice.nova;

import dev.parley.voice.ModelEvent.Failed.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How often in a row, and after which wait, a stream that failed is replaced. Not thread-safe. */
final class Restarts {

    /** A stream that lived this long was no failure to start. */
    private static final Duration LASTED = Duration.ofSeconds(30);
    /** A service that is busy is given longer. */
    private static final int BUSY_FACTOR = 4;

    private final RelayOptions options;
    private final RandomGenerator chance;
    private int inARow;

    Restarts(RelayOptions options, RandomGenerator chance) {
        this.options = options;
        this.chance = chance;
    }

    /** Something was answered: whatever fails next is a new trouble. */
    void progress() {
        inARow = 0;
    }

    /** When to open the next stream after this one failed; nothing if there shall be none. */
    Optional<Instant> after(Leg leg, Failure why, Instant now) {
        if (leg.connected && !now.isBefore(leg.openedAt.plus(LASTED))) {
            inARow = 0;
        }
        boolean refused = why.kind() == Kind.BUSY && leg.number == 1 && !leg.connected;
        if (why.kind() == Kind.FATAL || refused || ++inARow > options.restarts()) {
            return Optional.empty();
        }
        long base = options.backOff().toMillis() << (inARow - 1);
        double wait = base * (1 + chance.nextDouble()) * (why.kind() == Kind.BUSY ? BUSY_FACTOR : 1);
        return Optional.of(now.plusMillis((long) wait));
    }
}
