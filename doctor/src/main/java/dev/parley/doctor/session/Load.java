package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections, requests and bytes sent to the target, and says when no more may be sent: beyond the load that the documentation
 * states, or while the server asks to wait. Thread-safe.
 */
public final class Load {
    static final int MAX_CONNECTIONS = 600;
    static final int MAX_REQUESTS = 1_000;
    static final long MAX_UPLOAD = 6L * 1024 * 1024;
    /** The wait after a 429 without Retry-After, or with one that is neither a number nor a date. */
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10);
    private static final long LONGEST_WAIT = 3_600;

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong uploaded = new AtomicLong();
    private final AtomicInteger holds = new AtomicInteger();
    private final AtomicReference<Evidence.@Nullable Held> held = new AtomicReference<>();
    private volatile boolean reached;
    private volatile long mayContinueAt = System.nanoTime();

    public int connections() {
        return connections.get();
    }

    public int requests() {
        return requests.get();
    }

    /** Returns whether something was not sent because it would have passed the load that the documentation states. */
    public boolean isReached() {
        return reached;
    }

    /** Returns the first response that asked for fewer requests. */
    public Optional<Evidence.Held> held() {
        return Optional.ofNullable(held.get());
    }

    /** Returns how many responses asked for fewer requests. */
    public int holds() {
        return holds.get();
    }

    /** Returns how long the server still asks to wait; zero or less if it does not. */
    public Duration waitLeft() {
        return Duration.ofNanos(mayContinueAt - System.nanoTime());
    }

    /** Counts a connection; returns false if it must not be opened. */
    boolean connects() {
        if (waitLeft().isPositive()) {
            return false;
        }
        return connections.incrementAndGet() <= MAX_CONNECTIONS || giveBack(connections);
    }

    /** Counts a request; returns false if it must not be sent. */
    boolean sends(int body) {
        if (waitLeft().isPositive()) {
            return false;
        }
        if (requests.incrementAndGet() > MAX_REQUESTS) {
            return giveBack(requests);
        }
        if (uploaded.addAndGet(body) > MAX_UPLOAD) {
            uploaded.addAndGet(-body);
            return giveBack(requests);
        }
        return true;
    }

    private boolean giveBack(AtomicInteger counter) {
        reached = true;
        counter.decrementAndGet();
        return false;
    }

    /** Reads Retry-After: a number of seconds, or a date, which is compared with the date of the response. */
    private static Optional<Duration> wait(String text, Response response) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(text))));
        }
        return date(text).map(until -> {
            var now = response.headers().first("date").flatMap(Load::date).orElseGet(Instant::now);
            long seconds = Duration.between(now, until).toSeconds();
            return Duration.ofSeconds(Math.max(0, Math.min(LONGEST_WAIT, seconds)));
        });
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException _noDate) {
            return Optional.empty();
        }
    }

    /** Notes a response that asks to wait: 429, or 503 with Retry-After. */
    void note(Response response) {
        var after = response.headers().first("retry-after");
        if (response.status() != 429 && (response.status() != 503 || after.isEmpty())) {
            return;
        }
        var wait = after.flatMap(text -> wait(text, response)).orElse(USUAL_WAIT);
        long until = System.nanoTime() + wait.toNanos();
        if (until - mayContinueAt > 0) {
            mayContinueAt = until;
        }
        holds.incrementAndGet();
        held.compareAndSet(null, new Evidence.Held(requests.get(), response));
    }
}
