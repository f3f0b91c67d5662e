package dev.parley.cascade;

import dev.parley.voice.Continuation;
import dev.parley.voice.language.Prompt.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The conversation as the model will see it, within its window: the newest turns whole, before them a summary of the older ones. A turn that
 * is neither within the window nor summarised yet is left out. Bounded by twice the window. Not thread-safe.
 */
final class History {

    /** Maximum length of a summary, in characters. */
    static final int LONGEST_SUMMARY = 2_000;

    private final int window;
    private final List<TurnMessages> turns = new ArrayList<>();
    private String summary = "";

    /** Creates an empty history with a window of so many characters. */
    History(int window) {
        this.window = window;
    }

    /** Takes the conversation of an earlier stream. */
    void restore(Continuation former) {
        former.lines().forEach(line -> turns.add(TurnMessages.former(line.user(), line.text())));
        trim();
    }

    /** Begins a turn. The one before must be closed. */
    TurnMessages begin(TurnMessages turn) {
        turns.removeIf(TurnMessages::isEmpty);
        turns.add(turn);
        trim();
        return turn;
    }

    /** Removes the last turn, because it was not a turn. */
    void retract(TurnMessages turn) {
        turns.remove(turn);
    }

    /** Forgets the oldest turns that will never be summarised. */
    private void trim() {
        while (turns.size() > 1 && length(turns) > 2 * window) {
            turns.removeFirst();
        }
    }

    private static int length(List<TurnMessages> some) {
        return some.stream().mapToInt(TurnMessages::length).sum();
    }

    /** Returns the messages of the turns that fit into the window; of the newest turn always. */
    List<Message> messages() {
        int first = turns.size();
        int length = 0;
        while (first > 0) {
            length += turns.get(first - 1).length();
            if (length > window && first < turns.size()) {
                break;
            }
            first--;
        }
        List<Message> messages = new ArrayList<>();
        turns.subList(first, turns.size()).forEach(turn -> messages.addAll(turn.messages()));
        // A conversation as services expect it begins with the user or with a text of the assistant, not with a result.
        return messages;
    }

    /** Returns the summary of the turns before, or "". */
    String summary() {
        return summary;
    }

    /** Returns the turns to summarise now: the older half, once three quarters of the window are full. Usually none. */
    List<TurnMessages> overdue() {
        int length = length(turns);
        if (length <= window * 3 / 4) {
            return List.of();
        }
        List<TurnMessages> old = new ArrayList<>();
        for (TurnMessages turn : turns.subList(0, Math.max(0, turns.size() - 1))) {
            if (length <= window / 2) {
                break;
            }
            old.add(turn);
            length -= turn.length();
        }
        return old;
    }

    /** Returns the text to summarise: the summary so far, and these turns. */
    String text(List<TurnMessages> some) {
        String lines = some.stream()
                .flatMap(turn -> turn.messages().stream())
                .map(History::line)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        return summary.isEmpty() ? lines : "Before: " + summary + "\n" + lines;
    }

    private static String line(Message message) {
        return switch (message) {
            case Message.User user -> "User: " + user.text();
            case Message.Assistant said -> said.text().isEmpty() ? "" : "Assistant: " + said.text();
            case Message.ToolResult result -> "Tool " + result.name() + ": " + result.result();
        };
    }

    /** Replaces turns by their summary. */
    void summarised(List<TurnMessages> some, String text) {
        turns.removeAll(some);
        String stripped = text.strip();
        summary = stripped.substring(0, Math.min(stripped.length(), LONGEST_SUMMARY));
    }
}
