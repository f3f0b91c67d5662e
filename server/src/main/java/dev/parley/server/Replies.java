package dev.parley.server;

import java.util.List;

/**
 * The acknowledgements of a broadcast.
 *
 * @param replies  the acknowledgements, in the order in which they came
 * @param expected number of clients that received the event, as far as known: other servers of a cluster may not report in time
 */
public record Replies(List<Reply> replies, int expected) {
    public Replies {
        replies = List.copyOf(replies);
    }

    /**
     * Returns the first argument of each acknowledgement, converted to a class, in the order of {@link #replies}.
     *
     * @throws ArgumentTypeException as {@link Values#as(int, Class)}, when one argument is missing or does not fit; to use the others, convert
     *                               each of {@link #replies}
     */
    public <T> List<T> values(Class<T> type) {
        return replies.stream().map(reply -> reply.as(0, type)).toList();
    }

    /** Returns whether all expected clients have acknowledged. */
    public boolean complete() {
        return replies.size() >= expected;
    }
}
