package dev.parley.cascade;

import dev.parley.voice.language.Prompt.ToolUse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Tool calls that the model made together, and their results. Runs in parallel; ends when all have one. Not thread-safe. */
final class ToolRound {

    static final String TOO_LATE = "{\"error\":\"the tool did not answer in time\"}";

    private final Map<String, ToolUse> calls = new LinkedHashMap<>();
    private final Map<String, String> results = new LinkedHashMap<>();
    private final Instant due;
    private final Instant until;
    private boolean begun;

    /**
     * Creates a round that has not begun.
     *
     * @param ids   ids of the calls, unique in the conversation
     * @param due   when the calls may be made
     * @param until when missing results are given up
     */
    ToolRound(List<String> ids, List<ToolUse> wanted, Instant due, Instant until) {
        for (int i = 0; i < wanted.size(); i++) {
            calls.put(ids.get(i), wanted.get(i));
        }
        this.due = due;
        this.until = until;
    }

    Map<String, ToolUse> calls() {
        return calls;
    }

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    Instant due() {
        return due;
    }

    Instant until() {
        return until;
    }

    /** Takes a result, if it belongs to this round. */
    void result(String id, String json) {
        if (calls.containsKey(id)) {
            results.putIfAbsent(id, json);
        }
    }

    /** Gives up the missing results. */
    void giveUp() {
        calls.keySet().forEach(id -> results.putIfAbsent(id, TOO_LATE));
    }

    boolean complete() {
        return results.size() == calls.size();
    }

    /** Passes on each call with its result, in the order of the calls. */
    void eachResult(BiConsumer<ToolUse, String> to) {
        calls.forEach((id, call) -> to.accept(call, results.getOrDefault(id, TOO_LATE)));
    }
}
