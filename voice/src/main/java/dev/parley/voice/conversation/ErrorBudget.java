package dev.parley.voice.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits the errors sent to a front end, which may repeat one mistake 31 times a second. */
final class ErrorBudget {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int PER_WINDOW = 20;
    private static final int REMEMBERED = 16;

    private final Map<String, Instant> audioErrors = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Instant windowEnd = Instant.MIN;
    private int inWindow;

    /** Allows an error about audio once for as long as it repeats, and again after five seconds without it. */
    boolean allowsAudio(String message, Instant now) {
        var last = audioErrors.put(message, now);
        return last == null || !now.isBefore(last.plus(QUIET));
    }

    /** Allows any other error, up to twenty in ten seconds. */
    boolean allows(Instant now) {
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            inWindow = 0;
        }
        return ++inWindow <= PER_WINDOW;
    }
}
