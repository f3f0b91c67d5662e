package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogId;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The last events that this server has read from the log, so that clients that come back soon cost Redis nothing. Bounded by the options of recovery.
 * Not thread-safe: its owner's lock guards it.
 */
final class RecentEvents {
    private final RecoveryOptions options;
    private final InstantSource clock;
    private final Deque<Kept> events = new ArrayDeque<>();
    private LogId start;
    private long bytes;

    /** @param start the entry of the log before the first event that will be added */
    RecentEvents(RecoveryOptions options, InstantSource clock, LogId start) {
        this.options = options;
        this.clock = clock;
        this.start = start;
    }

    void add(LoggedEvent event) {
        events.addLast(new Kept(event, clock.instant()));
        bytes += event.event().weight();
        Instant oldest = clock.instant().minus(options.maxDisconnectionDuration());
        while (!events.isEmpty() && (events.size() > options.maxEvents() || bytes > options.maxBytes()
                || events.getFirst().at.isBefore(oldest))) {
            var first = events.removeFirst().event;
            start = first.id();
            bytes -= first.event().weight();
        }
    }

    /** All events after this entry are here. */
    LogId start() {
        return start;
    }

    /** Returns the events after an entry, in order. */
    List<LoggedEvent> after(LogId id) {
        var found = new ArrayList<LoggedEvent>();
        for (var last = events.descendingIterator(); last.hasNext();) {
            var event = last.next().event;
            if (!event.id().isAfter(id)) {
                break;
            }
            found.add(event);
        }
        Collections.reverse(found);
        return found;
    }

    private record Kept(LoggedEvent event, Instant at) {}
}
