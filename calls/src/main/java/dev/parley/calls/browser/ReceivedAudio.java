package dev.parley.calls.browser;

import dev.parley.voice.contract.BrowserEvent.AudioReceived;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the pieces of audio that a browser sent, and confirms them once a second while they arrive. Belongs to the call's owner, except
 * {@link #drop}.
 */
final class ReceivedAudio {

    /** Time between two confirmations. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final LongAdder dropped = new LongAdder();
    private long handled;
    private Instant last = Instant.MIN;

    /** Counts a piece that was dropped because there was no room for it. From any thread. */
    void drop() {
        dropped.increment();
    }

    /** Counts a piece, and returns the confirmation that is due. The wall clock may be set back. */
    Optional<AudioReceived> add(Instant now) {
        handled++;
        if (now.isBefore(last.plus(INTERVAL)) && !now.isBefore(last)) {
            return Optional.empty();
        }
        last = now;
        return Optional.of(total());
    }

    /** Returns the audio that has been handled or dropped. */
    AudioReceived total() {
        long lost = dropped.sum();
        return new AudioReceived(handled + lost, lost);
    }
}
