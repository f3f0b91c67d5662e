package dev.parley.calls.browser;

import java.util.List;

/**
 * The state of a call's browser that another server needs. Immutable.
 *
 * @param count  number of the events that were sent to it
 * @param events the latest of them that are no speech, oldest first
 */
public record LinkState(long count, List<KeptEvent> events) {

    public LinkState {
        events = List.copyOf(events);
    }

    /**
     * An event without attachments.
     *
     * @param number its number among all events; several have the same if the browser sent them itself
     * @param json   the whole argument array
     */
    public record KeptEvent(long number, String name, String json) {}
}
