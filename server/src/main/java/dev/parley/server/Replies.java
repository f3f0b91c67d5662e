package dev.parley.server;

import java.util.List;

/**
 * What was answered to a broadcast.
 *
 * @param replies  in the order in which they came
 * @param expected how many were asked, as far as is known
 */
public record Replies(List<Reply> replies, int expected) {
    public Replies {
        replies = List.copyOf(replies);
    }

    /**
     * The first argument of each reply as a value of a class, in the order of {@link #replies}.
     *
     * @throws ArgumentTypeException as {@link Values#as(int, Class)}, when that of one reply is missing or does not fit; to use the others,
     *                               go through {@link #replies}
     */
    public <T> List<T> values(Class<T> type) {
        return replies.stream().map(reply -> reply.as(0, type)).toList();
    }

    /** Whether everyone has answered. */
    public boolean complete() {
        return replies.size() >= expected;
    }
}
