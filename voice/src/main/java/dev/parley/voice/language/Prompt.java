package dev.parley.voice.language;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.List;

/**
 * A request to a language model. Immutable.
 *
 * @param system    instructions, or ""
 * @param messages  the conversation, oldest first; the last one is the user's, or the result of a tool
 * @param tools     tools that the model may call
 * @param inference limits and sampling of the reply
 */
public record Prompt(String system, List<Message> messages, List<ToolSpec> tools, Inference inference) {

    /** A message of the conversation. */
    public sealed interface Message {

        /** Words of the user. */
        record User(String text) implements Message {}

        /** A text of the assistant, or its tool calls, or both. */
        record Assistant(String text, List<ToolUse> calls) implements Message {
            public Assistant {
                calls = List.copyOf(calls);
            }
        }

        /** The result of a tool: text that holds a JSON object. */
        record ToolResult(String callId, String name, String result) implements Message {}
    }

    /** A call of a tool. {@code arguments} is a JSON object as text; {@code id} is the provider's. */
    public record ToolUse(String id, String name, String arguments) {}

    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** Returns the length of all texts, in characters. */
    public int characters() {
        int sum = system.length();
        for (Message message : messages) {
            sum += switch (message) {
                case Message.User user -> user.text().length();
                case Message.Assistant said -> said.text().length()
                        + said.calls().stream().mapToInt(call -> call.arguments().length()).sum();
                case Message.ToolResult result -> result.result().length();
            };
        }
        for (ToolSpec tool : tools) {
            sum += tool.description().length() + tool.inputSchema().length();
        }
        return sum;
    }

    /** Contains no text: prompts are private. */
    @Override
    public String toString() {
        return "Prompt[" + messages.size() + " messages, " + tools.size() + " tools]";
    }
}
