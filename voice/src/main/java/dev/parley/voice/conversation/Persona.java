package dev.parley.voice.conversation;

import java.util.List;
import java.util.Optional;

/**
 * The assistant's identity in a conversation. Immutable.
 *
 * @param id          identifier that a browser sends
 * @param name        display name
 * @param description one sentence on its purpose
 * @param prompt      system prompt, knowledge included; used where the browser sends none of its own
 * @param greeting    text that it says before the user speaks, or ""; only with its own prompt
 * @param voice       preferred voice, where the browser requests none
 * @param tools       tools it may use; {@code "weather__*"} means every name with that beginning; all tools when absent
 */
public record Persona(String id, String name, String description, String prompt, String greeting,
        Optional<String> voice, Optional<List<String>> tools) {

    public Persona {
        tools = tools.map(List::copyOf);
    }

    /** Returns a persona with all tools, the model's voice and no greeting. */
    public static Persona plain(String prompt) {
        return new Persona("assistant", "Assistant", "", prompt, "", Optional.empty(), Optional.empty());
    }

    /** Returns this persona with other instructions, and therefore without its greeting. */
    public Persona withPrompt(String text) {
        return new Persona(id, name, description, text, "", voice, tools);
    }

    boolean mayUse(String tool) {
        return tools.isEmpty() || tools.get()
                .stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? tool.startsWith(allowed.substring(0, allowed.length() - 1))
                        : allowed.equals(tool));
    }
}
