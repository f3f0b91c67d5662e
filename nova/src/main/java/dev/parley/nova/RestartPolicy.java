package dev.parley.nova;

import dev.parley.voice.ModelEvent.Failed.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides whether a stream that failed is replaced, and after which wait. Not thread-safe. */
final class RestartPolicy {

    /** A stream that lived this long did not fail to start. */
    private static final Duration LASTED = Duration.ofSeconds(30);
    /** The wait for a busy service is longer by this factor. */
    private static final int BUSY_FACTOR = 4;

    private final RelayOptions options;
    private final RandomGenerator random;
    private int inARow;

    RestartPolicy(RelayOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** Notes that something was answered: the next failure is the first in a row again. */
    void progress() {
        inARow = 0;
    }

    /** Returns when to open the next stream after this one failed, or nothing if the conversation ends. */
    Optional<Instant> after(RelayStream stream, StreamFailure why, Instant now) {
        if (stream.connected && !now.isBefore(stream.openedAt.plus(LASTED))) {
            inARow = 0;
        }
        boolean refused = why.kind() == Kind.BUSY && stream.number == 1 && !stream.connected;
        if (why.kind() == Kind.FATAL || refused || ++inARow > options.restarts()) {
            return Optional.empty();
        }
        long base = options.backOff().toMillis() << (inARow - 1);
        double wait = base * (1 + random.nextDouble()) * (why.kind() == Kind.BUSY ? BUSY_FACTOR : 1);
        return Optional.of(now.plusMillis((long) wait));
    }
}
