package dev.parley.doctor.probe;

import java.time.Duration;

/** When an examination has to be over: begun once, it runs out whatever is found. Immutable. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** One that begins now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The same, so much later. */
    Deadline plus(Duration more) {
        return new Deadline(end + more.toNanos());
    }

    /** Zero or less when it is over. */
    public Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /** So long, or what is left. */
    public Duration within(Duration most) {
        return Caller.shorter(most, left());
    }
}
