package dev.parley.voice.nova;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was said, shaped so that a new stream may be told it: neighbours of one side are one message, the first is the user's, and messages and
 * bytes are limited, the oldest going first. Not thread-safe.
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
        String whole = text;
        Message last = messages.peekLast();
        if (last != null && last.role() == role) {
            messages.removeLast();
            bytes -= size(last.text());
            whole = last.text() + " " + text;
        }
        String kept = latest(whole, maxBytes);
        messages.add(new Message(role, kept));
        bytes += size(kept);
        while (messages.size() > maxMessages || bytes > maxBytes) {
            bytes -= size(messages.removeFirst().text());
        }
    }

    /** Takes the last message back, if it is this one's. */
    void takeBack(InputEvent.Role role) {
        Message last = messages.peekLast();
        if (last != null && last.role() == role) {
            bytes -= size(messages.removeLast().text());
        }
    }

    /** What a new stream is told. */
    List<Message> shaped() {
        var shaped = new ArrayList<>(messages);
        while (!shaped.isEmpty() && shaped.getFirst().role() != InputEvent.Role.USER) {
            shaped.removeFirst();
        }
        return shaped;
    }

    /** A text in pieces that each fit into one event; no character is split. */
    static List<String> pieces(String text, int most) {
        var pieces = new ArrayList<String>();
        int from = 0;
        int size = 0;
        for (int at = 0; at < text.length();) {
            int point = text.codePointAt(at);
            int length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (size + length > most) {
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

    private static String latest(String text, int most) {
        String kept = text;
        while (size(kept) > most) {
            int cut = Math.max(1, (size(kept) - most) / 4);
            int at = Character.isLowSurrogate(kept.charAt(cut)) ? cut + 1 : cut;
            kept = kept.substring(at);
        }
        return kept;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
