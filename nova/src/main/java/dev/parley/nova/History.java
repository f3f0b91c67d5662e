package dev.parley.nova;

import dev.parley.nova.event.InputEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * The history of a conversation in the form that a new stream accepts: adjacent messages of one side are joined, the first is the user's, and
 * messages and bytes are limited, the oldest going first. Not thread-safe.
 */
final class History {

    private final int maxMessages;
    private final int maxBytes;
    private final Deque<Message> messages = new ArrayDeque<>();
    private int bytes;

    record Message(InputEvent.Role role, String text) {}

    History(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    void add(InputEvent.Role role, String text) {
        if (text.isBlank()) {
            return;
        }
        Message last = messages.peekLast();
        put(role, last != null && last.role() == role ? removeLast().text() + " " + text : text);
    }

    /** Adds the user's words, which begin a turn. The assistant's words of the turn before may still come. */
    void addQuestion(String text) {
        if (!text.isBlank()) {
            put(InputEvent.Role.USER, text);
        }
    }

    /** Adds words of the assistant that belong before the user's last turn, though they are known only now. */
    void addBeforeQuestion(String text) {
        var after = new ArrayDeque<Message>();
        while (!messages.isEmpty() && (after.isEmpty() || after.getFirst().role() != InputEvent.Role.USER)) {
            after.addFirst(removeLast());
        }
        add(InputEvent.Role.ASSISTANT, text);
        after.forEach(message -> put(message.role(), message.text()));
    }

    private void put(InputEvent.Role role, String text) {
        String kept = latest(text, maxBytes);
        messages.add(new Message(role, kept));
        bytes += size(kept);
        while (messages.size() > maxMessages || bytes > maxBytes) {
            removeFirst();
        }
    }

    /** Removes the last message, if it has this role. */
    void takeBack(InputEvent.Role role) {
        Message last = messages.peekLast();
        if (last != null && last.role() == role) {
            removeLast();
        }
    }

    private void removeFirst() {
        bytes -= size(messages.removeFirst().text());
    }

    private Message removeLast() {
        Message last = messages.removeLast();
        bytes -= size(last.text());
        return last;
    }

    /** Returns the messages that a new stream is given. */
    List<Message> shaped() {
        return joined(messages);
    }

    /**
     * Returns the messages joined and within the limits, the oldest going first. If the last question and the words after it are too long
     * even without the others, the beginning of each is dropped.
     */
    List<Message> bounded(Collection<Message> all) {
        var kept = new ArrayDeque<>(joined(all));
        while (kept.size() > maxMessages || (kept.size() > 2 && size(kept) > maxBytes)) {
            kept.removeFirst();
        }
        boolean tooLong = size(kept) > maxBytes;
        return joined(kept.stream()
                .map(one -> tooLong ? new Message(one.role(), latest(one.text(), maxBytes / 2)) : one)
                .toList());
    }

    private static int size(Collection<Message> messages) {
        return messages.stream().mapToInt(message -> size(message.text())).sum();
    }

    /** Joins adjacent messages of one side, and begins with the user's first. */
    static List<Message> joined(Collection<Message> messages) {
        var shaped = new ArrayList<Message>();
        for (Message message : messages) {
            if (shaped.isEmpty() && message.role() != InputEvent.Role.USER) {
                continue;
            }
            boolean neighbour = !shaped.isEmpty() && shaped.getLast().role() == message.role();
            shaped.add(
                    neighbour ? new Message(message.role(), shaped.removeLast().text() + " " + message.text())
                            : message);
        }
        return shaped;
    }

    /** Splits a text into pieces that each fit into one event; no character is split. */
    static List<String> pieces(String text, int maxBytes) {
        var pieces = new ArrayList<String>();
        int from = 0;
        int size = 0;
        for (int at = 0; at < text.length();) {
            int point = text.codePointAt(at);
            int length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (size + length > maxBytes) {
                pieces.add(text.substring(from, at));
                from = at;
                size = 0;
            }
            size += length;
            at += Character.charCount(point);
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private static String latest(String text, int maxBytes) {
        String kept = text;
        while (size(kept) > maxBytes) {
            int cut = Math.max(1, (size(kept) - maxBytes) / 4);
            int at = Character.isLowSurrogate(kept.charAt(cut)) ? cut + 1 : cut;
            kept = kept.substring(at);
        }
        return kept;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
