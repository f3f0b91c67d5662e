package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent.ToolCall;
import dev.parley.voice.StreamSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tools that run for one model stream. Bounded; accepts only the tools that the stream was opened with. */
final class ToolCalls {

    private static final int MAX_RESULT_CHARS = 64 * 1024;
    private static final int MAX_ID_CHARS = 256;
    private static final String UNREADABLE = "The tool's answer cannot be read.";

    private final StreamSettings settings;
    private final int limit;
    private final Set<String> open = new HashSet<>();

    ToolCalls(StreamSettings settings, int limit) {
        this.settings = settings;
        this.limit = limit;
    }

    /** Returns whether this call is already running. */
    boolean isOpen(ToolCall call) {
        return open.contains(call.toolUseId());
    }

    /** Accepts the call, or returns the result with which it is refused. */
    Optional<String> refuse(ToolCall call) {
        if (settings.tools().stream().noneMatch(tool -> tool.name().equals(call.name()))) {
            return Optional.of(error("There is no such tool."));
        }
        if (open.size() >= limit || call.toolUseId().length() > MAX_ID_CHARS) {
            return Optional.of(error("Too many tools are running at once."));
        }
        open.add(call.toolUseId());
        return Optional.empty();
    }

    /** Removes the call, and returns whether it was running. */
    boolean finish(String toolUseId) {
        return open.remove(toolUseId);
    }

    /** Returns the result of a tool as a JSON object. Returns an error object if the result is no JSON object or too large. */
    static String checked(String json) {
        if (json.length() > MAX_RESULT_CHARS) {
            return error("The tool's answer is too large.");
        }
        try {
            var result = JsonMapper.shared().readTree(json);
            return result.isObject() ? result.toString() : error(UNREADABLE);
        } catch (JacksonException _notJson) {
            return error(UNREADABLE);
        }
    }

    private static String error(String sentence) {
        return JsonNodeFactory.instance.objectNode().put("error", sentence).toString();
    }
}
