package dev.parley.emulator.chat;

import java.util.List;

/**
 * A reply of the emulated model: a text, then tool calls. Immutable.
 *
 * @param text  the text, or ""
 * @param calls the tool calls, made together
 */
public record ChatReply(String text, List<ToolUse> calls) {

    /** A tool call; {@code arguments} is a JSON object as text. */
    public record ToolUse(String id, String name, String arguments) {}

    public ChatReply {
        calls = List.copyOf(calls);
    }

    /** Creates a reply of text alone. */
    public static ChatReply text(String text) {
        return new ChatReply(text, List.of());
    }

    /** Creates a reply of tool calls alone. */
    public static ChatReply calls(ToolUse... calls) {
        return new ChatReply("", List.of(calls));
    }
}
