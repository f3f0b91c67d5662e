package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogId;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.RecoveryOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Selects the events that one client has missed, in the order of the log. Bounded by the options of recovery. Not thread-safe. */
final class MissedEvents {
    private final Offset from;
    private final PersistedSession session;
    private final RecoveryOptions options;
    private final List<Arguments> events = new ArrayList<>();
    private long bytes;
    private boolean tooMany;
    /** The broadcasts that the client had ahead of the log, of servers whose last of them has not been seen in it. */
    private final Map<String, Long> ahead;

    MissedEvents(Offset from, PersistedSession session, RecoveryOptions options) {
        this.from = from;
        this.session = session;
        this.options = options;
        this.ahead = new HashMap<>(from.ahead());
    }

    /** Adds an event of the log, unless it was for others or the client has it. */
    void add(LoggedEvent event) {
        if (event.number() >= ahead.getOrDefault(event.sender(), Long.MAX_VALUE)) {
            ahead.remove(event.sender()); // its broadcasts come in order
        }
        if (!from.includes(event.sender(), event.number())) {
            add(event.event(), event.options(), new Offset(event.id(), ahead));
        }
    }

    /** Adds a broadcast that this server has delivered and not yet read from the log, likewise. */
    void addAhead(LogId position, String sender, long number, Arguments event, BroadcastOptions to) {
        if (!from.includes(sender, number)) {
            add(event, to, new Offset(position, ahead).with(sender, number));
        }
    }

    private void add(Arguments event, BroadcastOptions to, Offset offset) {
        if (to.isVolatile() || tooMany || !to.meets(session.rooms())) {
            return;
        }
        bytes += event.weight();
        if (events.size() >= options.maxEvents() || bytes > options.maxBytes()) {
            tooMany = true;
            events.clear();
        } else {
            events.add(LoggedEvent.withOffset(event, offset));
        }
    }

    PersistedSession session() {
        return session;
    }

    List<Arguments> events() {
        return events;
    }

    /** Returns whether there are more than the options allow. */
    boolean tooMany() {
        return tooMany;
    }

    /** Returns, for servers whose broadcasts may still come from the log although the client has them, the number of the last of these. */
    Map<String, Long> ahead() {
        return ahead;
    }
}
