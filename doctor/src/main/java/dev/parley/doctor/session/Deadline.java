package dev.parley.doctor.session;

import java.time.Duration;

/** The time at which an examination must end. Immutable. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** Returns a deadline that expires {@code time} from now. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns a deadline that expires later. */
    public Deadline plus(Duration more) {
        return new Deadline(end + more.toNanos());
    }

    /** Returns the time left; zero or less after the deadline. */
    public Duration remaining() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    /** Returns {@code limit}, or the time left if that is shorter. */
    public Duration cap(Duration limit) {
        return ProbeClient.shorterOf(limit, remaining());
    }
}
