package dev.parley.server.http.websocket;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast one client's frames are read: a token bucket of credits, of which a frame costs one, and each KB of it one more, so that packets and bytes are
 * limited together. It holds two seconds of credits. A message that costs more than there are is read, and paid for afterwards. Not thread-safe: it belongs to
 * the connection's event loop.
 */
final class FrameRate {
    private static final int SECONDS = 2;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier nanoTime;
    private double credits;
    private long last;

    /** @param perSecond credits of a second */
    FrameRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.credits = (double) SECONDS * perSecond;
        this.last = nanoTime.getAsLong();
    }

    /** Takes credits, also those that are not there yet. */
    void spend(int taken) {
        credits -= taken;
    }

    /** Returns the credits that are there now; negative if more were taken. */
    int available() {
        long now = nanoTime.getAsLong();
        credits = Math.min((double) SECONDS * perSecond, credits + (now - last) / SECOND * perSecond);
        last = now;
        return (int) Math.floor(credits);
    }

    /** Returns the nanoseconds until so many credits are there; zero if they are. */
    long untilAvailable(int wanted) {
        available();
        double most = Math.min(wanted, (double) SECONDS * perSecond);
        return credits >= most ? 0 : (long) Math.ceil((most - credits) / perSecond * SECOND);
    }
}
