package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lost clients of one namespace and the events sent since. Bounded by its options: what is too old or too much goes, oldest first.
 * Not thread-safe: its adapter's lock guards it.
 */
final class SessionStore {
    private static final int RADIX = 36;

    private final RecoveryOptions options;
    private final InstantSource clock;
    private final Deque<Sent> events = new ArrayDeque<>();
    private final Map<String, Lost> sessions = new LinkedHashMap<>();
    private long bytes;
    private long next = 1;

    SessionStore(RecoveryOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** The event with its offset as last argument, kept for those who miss it. */
    Arguments keep(Arguments event, BroadcastOptions to) {
        long number = next++;
        String json = event.json();
        String body = json.substring(0, json.lastIndexOf(']'));
        var numbered = Arguments.ofChecked(body + ",\"" + Long.toString(number, RADIX) + "\"]",
                event.attachments());
        events.add(new Sent(number, numbered, to, clock.instant()));
        bytes += numbered.weight();
        purge();
        return numbered;
    }

    void persist(PersistedSession session) {
        sessions.remove(session.pid());
        sessions.put(session.pid(), new Lost(session, clock.instant()));
        purge();
    }

    /** Gives a lost session back, once. */
    Optional<RestoredSession> restore(String pid, String offset) {
        purge();
        var lost = sessions.get(pid);
        var after = number(offset);
        if (lost == null || after.isEmpty() || events.isEmpty() || after.get() < events.getFirst().number()
                || after.get() >= next) {
            return Optional.empty();
        }
        sessions.remove(pid);
        Set<String> rooms = lost.session().rooms();
        var missed = new ArrayList<Arguments>();
        for (Sent sent : events) {
            if (sent.number() > after.get() && sent.to().meets(rooms)) {
                missed.add(sent.event());
            }
        }
        return Optional.of(new RestoredSession(lost.session(), missed));
    }

    private void purge() {
        Instant oldest = clock.instant().minus(options.maxDisconnectionDuration());
        while (!events.isEmpty() && (events.size() > options.maxEvents() || bytes > options.maxBytes()
                || events.getFirst().at().isBefore(oldest))) {
            bytes -= events.removeFirst().event().weight();
        }
        var lost = sessions.values().iterator();
        while (lost.hasNext()) {
            if (!lost.next().at().isBefore(oldest) && sessions.size() <= options.maxSessions()) {
                return;
            }
            lost.remove();
        }
    }

    private static Optional<Long> number(String offset) {
        try {
            return Optional.of(Long.parseLong(offset, RADIX));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private record Sent(long number, Arguments event, BroadcastOptions to, Instant at) {}

    private record Lost(PersistedSession session, Instant at) {}
}
