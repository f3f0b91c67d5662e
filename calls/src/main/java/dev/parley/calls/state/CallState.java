package dev.parley.calls.state;

import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.conversation.ConversationState;
import java.util.List;
import java.util.Optional;

/**
 * The state of a call. Immutable.
 *
 * @param link       what its browser was sent
 * @param transcript id of its transcript; empty if there is none
 * @param used       tokens that its stream has used, and that are counted for the day already
 * @param place      name of its place in the budget of all servers; "" if it has none
 */
public record CallState(ConversationState conversation, Sent link, UserItems items,
        Optional<String> transcript, Usage used, String place) {

    /** A state without a place. */
    public CallState(ConversationState conversation, Sent link, UserItems items, Optional<String> transcript,
            Usage used) {
        this(conversation, link, items, transcript, used, "");
    }

    /**
     * The events that the browser was sent.
     *
     * @param count  number of all
     * @param events the latest that are no speech, oldest first
     */
    public record Sent(long count, List<Event> events) {
        public Sent {
            events = List.copyOf(events);
        }
    }

    /**
     * An event without attachments.
     *
     * @param number its number among all events; several have the same if the browser sent them itself
     * @param json   the whole argument array
     */
    public record Event(long number, String name, String json) {}
}
