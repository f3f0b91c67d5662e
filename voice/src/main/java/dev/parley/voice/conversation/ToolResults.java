package dev.parley.voice.conversation;

import dev.parley.voice.conversation.ConversationState.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results of tools for the question that has no answer yet. If the question is asked again at another server, no tool runs twice for it.
 * At most {@value #MOST} results of {@value #MAX_CHARS} characters are kept; a longer one is not. Not thread-safe.
 */
final class ToolResults {

    static final int MOST = 8;
    static final int MAX_CHARS = 8 * 1024;

    private final List<ToolResult> results = new ArrayList<>();
    /** Whether they were found at another server, so that the model does not know them. */
    private boolean unknown;

    /** Takes the results that another server found. */
    void restore(List<ToolResult> found) {
        results.addAll(found);
        unknown = true;
    }

    void add(Effect.RunTool call, String json) {
        if (call.arguments().length() + json.length() <= MAX_CHARS) {
            if (results.size() == MOST) {
                results.removeFirst();
            }
            results.add(new ToolResult(call.name(), call.arguments(), json));
        }
    }

    /** Returns the result that another server found for the same call, if it did. */
    Optional<String> found(String tool, String arguments) {
        return results.stream()
                .filter(one -> unknown && one.tool().equals(tool) && one.arguments().equals(arguments))
                .map(ToolResult::json)
                .findFirst();
    }

    /** Forgets all, because the question is answered or void. */
    void clear() {
        results.clear();
        unknown = false;
    }

    List<ToolResult> all() {
        return List.copyOf(results);
    }
}
