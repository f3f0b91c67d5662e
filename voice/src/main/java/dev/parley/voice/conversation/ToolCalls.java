package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent.ToolCall;
import dev.parley.voice.StreamSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The tools that run for one model stream. Bounded; only the tools that the stream was opened with. */
final class ToolCalls {

    private static final int MAX_RESULT_CHARS = 64 * 1024;
    private static final int MAX_ID_CHARS = 256;

    private final StreamSettings settings;
    private final int limit;
    private final Set<String> open = new HashSet<>();

    ToolCalls(StreamSettings settings, int limit) {
        this.settings = settings;
        this.limit = limit;
    }

    /** Whether the call is one that is running already. */
    boolean isOpen(ToolCall call) {
        return open.contains(call.toolUseId());
    }

    /** Takes the call up, or gives the answer with which it is refused. */
    Optional<String> refuse(ToolCall call) {
        if (settings.tools().stream().noneMatch(tool -> tool.name().equals(call.name()))) {
            return Optional.of("{\"error\":\"There is no such tool.\"}");
        }
        if (open.size() >= limit || call.toolUseId().length() > MAX_ID_CHARS) {
            return Optional.of("{\"error\":\"Too many tools are running at once.\"}");
        }
        open.add(call.toolUseId());
        return Optional.empty();
    }

    /** Whether the call was running; it no longer is. */
    boolean finish(String toolUseId) {
        return open.remove(toolUseId);
    }

    /** The result as a JSON object, whatever the tool gave. */
    static String checked(String json) {
        if (json.length() > MAX_RESULT_CHARS) {
            return "{\"error\":\"The tool's answer is too large.\"}";
        }
        return Json.object(json).orElse("{\"error\":\"The tool's answer cannot be read.\"}");
    }
}
