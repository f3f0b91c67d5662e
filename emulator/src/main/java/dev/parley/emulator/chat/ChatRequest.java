package dev.parley.emulator.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for a chat completion, as the emulator received it. Immutable.
 *
 * @param authorization the header of that name, or ""
 * @param model         name of the model
 * @param messages      the messages, oldest first
 * @param tools         names of the tools that the model may call
 * @param stream        whether the response is a stream of server-sent events
 * @param usage         whether the stream reports the tokens in a chunk of its own
 * @param json          the whole request
 */
public record ChatRequest(String authorization, String model, List<Message> messages, List<String> tools,
        boolean stream, boolean usage, String json) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A message.
     *
     * @param role       system, user, assistant or tool
     * @param text       its text, or ""
     * @param calls      the tool calls of an assistant
     * @param toolCallId the call that a tool's message answers, or ""
     */
    public record Message(String role, String text, List<ChatReply.ToolUse> calls, String toolCallId) {

        public Message {
            calls = List.copyOf(calls);
        }
    }

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** Returns the text of the last message of a role, or "". */
    public String last(String role) {
        return messages.reversed()
                .stream()
                .filter(message -> message.role().equals(role))
                .findFirst()
                .map(Message::text)
                .orElse("");
    }

    /** Reads a request; empty if it is no JSON object with a model and messages. */
    static Optional<ChatRequest> parse(String body, String authorization) {
        try {
            JsonNode root = JSON.readTree(body);
            if (!root.path("model").isString() || !root.path("messages").isArray()) {
                return Optional.empty();
            }
            var tools = new ArrayList<String>();
            root.path("tools").forEach(tool -> tools.add(tool.path("function").path("name").asString("")));
            var messages = new ArrayList<Message>();
            root.path("messages").forEach(message -> messages.add(message(message)));
            return Optional.of(new ChatRequest(authorization, root.path("model").asString(""), messages,
                    tools, root.path("stream").asBoolean(false),
                    root.path("stream_options").path("include_usage").asBoolean(false), body));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Message message(JsonNode message) {
        var calls = new ArrayList<ChatReply.ToolUse>();
        message.path("tool_calls")
                .forEach(call -> calls.add(new ChatReply.ToolUse(call.path("id").asString(""),
                        call.path("function").path("name").asString(""),
                        call.path("function").path("arguments").asString(""))));
        return new Message(message.path("role").asString(""), text(message.path("content")), calls,
                message.path("tool_call_id").asString(""));
    }

    /** Returns a text that is written as such, or as a list of parts. */
    private static String text(JsonNode content) {
        var text = new StringBuilder(content.asString(""));
        content.forEach(part -> text.append(part.path("text").asString("")));
        return text.toString();
    }
}
