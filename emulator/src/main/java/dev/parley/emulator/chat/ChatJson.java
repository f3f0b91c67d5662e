package dev.parley.emulator.chat;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the service's messages: chunks of a stream, whole completions and errors. Pure. */
final class ChatJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final String id;
    private final String model;
    private final long created;

    ChatJson(String id, String model, long created) {
        this.id = id;
        this.model = model;
        this.created = created;
    }

    /** Returns the first chunk, which has the role. */
    String begin() {
        var delta = JSON.createObjectNode().put("role", "assistant").put("content", "");
        return chunk(delta, "");
    }

    String text(String piece) {
        return chunk(JSON.createObjectNode().put("content", piece), "");
    }

    /** Returns the chunk that announces a tool call; its arguments follow in pieces. */
    String call(int index, ChatReply.ToolUse call) {
        var delta = JSON.createObjectNode();
        ObjectNode announced = delta.putArray("tool_calls").addObject();
        announced.put("index", index).put("id", call.id()).put("type", "function");
        announced.putObject("function").put("name", call.name()).put("arguments", "");
        return chunk(delta, "");
    }

    String arguments(int index, String piece) {
        var delta = JSON.createObjectNode();
        ObjectNode next = delta.putArray("tool_calls").addObject();
        next.put("index", index).putObject("function").put("arguments", piece);
        return chunk(delta, "");
    }

    String end(String reason) {
        return chunk(JSON.createObjectNode(), reason);
    }

    /** Returns the chunk without choices that reports the tokens. */
    String usage(ChatRequest request, ChatReply reply) {
        var root = root("chat.completion.chunk");
        root.putArray("choices");
        root.set("usage", tokens(request, reply));
        return root.toString();
    }

    /** Returns a whole completion, for a request without a stream. */
    String whole(ChatRequest request, ChatReply reply) {
        var root = root("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message")
                .put("role", "assistant")
                .put("content", reply.text());
        if (!reply.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            for (ChatReply.ToolUse call : reply.calls()) {
                calls.addObject()
                        .put("id", call.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", call.arguments());
            }
        }
        choice.put("finish_reason", reply.calls().isEmpty() ? "stop" : "tool_calls");
        root.set("usage", tokens(request, reply));
        return root.toString();
    }

    static String error(String message, String type, String code) {
        var root = JSON.createObjectNode();
        root.putObject("error").put("message", message).put("type", type).putNull("param").put("code", code);
        return root.toString();
    }

    static String models(List<String> names) {
        var root = JSON.createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        names.forEach(
                name -> data.addObject().put("id", name).put("object", "model").put("owned_by", "parley"));
        return root.toString();
    }

    private String chunk(ObjectNode delta, String reason) {
        var root = root("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        if (reason.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", reason);
        }
        return root.toString();
    }

    private ObjectNode root(String object) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .putNull("system_fingerprint");
    }

    private static ObjectNode tokens(ChatRequest request, ChatReply reply) {
        int prompt = tokens(request.messages().stream().mapToInt(message -> message.text().length()).sum());
        int completion = tokens(reply.text().length()
                + reply.calls().stream().mapToInt(call -> call.arguments().length()).sum());
        return JSON.createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }

    private static int tokens(int characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }
}
