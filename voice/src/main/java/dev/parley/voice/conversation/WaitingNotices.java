package dev.parley.voice.conversation;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Texts that the model was given to say unprompted, until it begins to say them. An answer that follows no question says the oldest. One that
 * follows a question comes before them; a model that answers two questions first has said them with an answer. Keeps at most {@value #MOST}
 * texts. Not thread-safe.
 */
final class WaitingNotices {

    static final int MOST = 16;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** @param passed whether an answer to a question has begun since */
    private record Waiting(String text, boolean passed) {}

    void add(String text) {
        if (waiting.size() == MOST) {
            waiting.removeFirst();
        }
        waiting.add(new Waiting(text, false));
    }

    /** Records that an answer begins. */
    void answerBegins(boolean toQuestion) {
        if (!toQuestion) {
            waiting.pollFirst();
            return;
        }
        waiting.removeIf(Waiting::passed);
        var passed = waiting.stream().map(one -> new Waiting(one.text(), true)).toList();
        waiting.clear();
        waiting.addAll(passed);
    }

    void clear() {
        waiting.clear();
    }

    /** Returns the texts, oldest first. */
    List<String> all() {
        return waiting.stream().map(Waiting::text).toList();
    }
}
