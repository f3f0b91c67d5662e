package dev.parley.voice.conversation;

import dev.parley.voice.conversation.Turn.Role;
import java.util.ArrayDeque;
import java.util.List;

/** What was said, from final texts only. Neighbours of one side are one turn. Bounded in turns and characters; the oldest is dropped. */
final class TurnLog {

    private final int maxTurns;
    private final int maxChars;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private int chars;
    private String typed = "";

    TurnLog(ConversationOptions.Limits limits) {
        maxTurns = limits.historyTurns();
        maxChars = limits.historyChars();
    }

    /** The user typed this. A model may repeat it as user text; that is not a second turn. */
    void typed(String text) {
        add(Role.USER, text);
        typed = text;
    }

    void user(String text) {
        if (!text.equals(typed)) {
            add(Role.USER, text);
        }
        typed = "";
    }

    void assistant(String text) {
        add(Role.ASSISTANT, text);
    }

    List<Turn> turns() {
        return List.copyOf(turns);
    }

    void clear() {
        turns.clear();
        chars = 0;
        typed = "";
    }

    private void add(Role role, String text) {
        var last = turns.peekLast();
        if (last != null && last.role() == role && chars + text.length() < maxChars) {
            turns.removeLast();
            turns.add(new Turn(role, last.text() + " " + text));
            chars += 1 + text.length();
        } else {
            var kept = text.length() > maxChars ? text.substring(0, maxChars) : text;
            turns.add(new Turn(role, kept));
            chars += kept.length();
        }
        while (turns.size() > maxTurns || chars > maxChars) {
            chars -= turns.remove().text().length();
        }
    }
}
