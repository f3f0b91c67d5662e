package dev.parley.calls.admission;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Holds the sound of one call to real time: nobody speaks faster, and a model bills what it hears. A token bucket that fills at real time allows
 * speech to be late, and to be sent again after a lost connection. With 20 s of it, at most 80 s of sound pass in any minute. Thread-safe.
 */
public final class AudioPace {

    /** Bytes of a second of sound: PCM, 16 kHz, 16 bits. */
    private static final int SECOND = 32_000;

    private final Optional<Bucket> bucket;
    private final AtomicBoolean told = new AtomicBoolean();

    private AudioPace(Optional<Bucket> bucket) {
        this.bucket = bucket;
    }

    /**
     * Returns the pace of a call that has sent nothing yet.
     *
     * @param ahead how far the sound may be ahead of real time; zero is without limit
     */
    public static AudioPace of(Duration ahead, InstantSource clock) {
        if (ahead.isZero()) {
            return new AudioPace(Optional.empty());
        }
        TimeMeter time = new Elapsed(clock);
        long capacity = ahead.toMillis() * SECOND / 1_000;
        return new AudioPace(Optional.of(Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(SECOND, Duration.ofSeconds(1)))
                .build()));
    }

    /** Takes the time of so many bytes of sound; false if there is less. Empty sound takes none. */
    public boolean takes(int bytes) {
        return bytes == 0 || bucket.isEmpty() || bucket.get().tryConsume(bytes);
    }

    /** Returns true the first time: the page is told once that its sound is too fast. */
    public boolean isFirstTime() {
        return told.compareAndSet(false, true);
    }
}
