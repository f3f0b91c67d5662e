package dev.parley.voice.conversation;

import dev.parley.voice.conversation.ConversationState.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of tools for the present question, until its answer ends. If another server goes on with the question or its answer, no tool
 * runs twice for it. At most {@value #MOST} results of {@value #MAX_CHARS} characters are kept; a longer one is not. Not thread-safe.
 */
final class ToolResults {

    static final int MOST = 8;
    static final int MAX_CHARS = 8 * 1024;

    /** Results that another server found, and that the model here has not asked for. */
    private final List<ToolResult> former = new ArrayList<>();
    private final List<ToolResult> results = new ArrayList<>();

    /** Takes the results that another server found. */
    void restore(List<ToolResult> found) {
        former.addAll(found);
    }

    void add(Effect.RunTool call, String json) {
        if (call.arguments().length() + json.length() <= MAX_CHARS) {
            if (former.size() + results.size() >= MOST) {
                (former.isEmpty() ? results : former).removeFirst();
            }
            results.add(new ToolResult(call.name(), call.arguments(), json));
        }
    }

    /** Returns the result that another server found for the same call, if it did; each result once. */
    Optional<String> found(String tool, String arguments) {
        Optional<ToolResult> found = former.stream()
                .filter(one -> one.tool().equals(tool) && one.arguments().equals(arguments))
                .findFirst();
        found.ifPresent(one -> {
            former.remove(one);
            results.add(one);
        });
        return found.map(ToolResult::json);
    }

    /** Forgets all, because the question is answered or void. */
    void clear() {
        former.clear();
        results.clear();
    }

    List<ToolResult> all() {
        return Stream.concat(former.stream(), results.stream()).toList();
    }
}
