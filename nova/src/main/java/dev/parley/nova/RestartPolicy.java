package dev.parley.nova;

import dev.parley.voice.ModelEvent.Failed.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Decides whether a stream that failed is replaced, and after which wait. Not thread-safe. */
final class RestartPolicy {

    /** A stream that lived this long did not fail to start. */
    private static final Duration LASTED = Duration.ofSeconds(30);
    /** The wait for a busy service is longer by this factor. */
    private static final int BUSY_FACTOR = 4;

    /** The longest wait for a tool before the next stream is opened without its result. */
    private static final Duration TOOL_WAIT = Duration.ofSeconds(3);

    private final ChainOptions options;
    private final RandomGenerator random;
    private int inARow;
    private Instant restartAt = Instant.MAX;

    RestartPolicy(ChainOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** Notes that something was answered: the next failure is the first in a row again. */
    void progress() {
        inARow = 0;
    }

    /** Decides after the failure of this stream; returns false if the conversation ends. */
    boolean after(ChainStream stream, StreamFailure why, Instant now) {
        if (stream.connectedAt.isPresent() && !now.isBefore(stream.openedAt.plus(LASTED))) {
            inARow = 0;
        }
        boolean refused = why.kind() == Kind.BUSY && stream.number == 1 && stream.connectedAt.isEmpty();
        if (why.kind() == Kind.FATAL || refused || ++inARow > options.restarts()) {
            return false;
        }
        long base = options.backOff().toMillis() << (inARow - 1);
        double wait = base * (1 + random.nextDouble()) * (why.kind() == Kind.BUSY ? BUSY_FACTOR : 1);
        restartAt = now.plusMillis((long) wait);
        return true;
    }

    /** Returns when to open the next stream, for which a running tool is awaited for some time. */
    Instant due(boolean toolRuns) {
        return toolRuns ? restartAt.plus(TOOL_WAIT) : restartAt;
    }
}
