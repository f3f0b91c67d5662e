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

    /** Whether everyone has answered. */
    public boolean complete() {
        return replies.size() >= expected;
    }
}
