package dev.parley.voice.conversation;

import java.util.List;
import java.util.Optional;

/**
 * Who the assistant is in a conversation. Immutable.
 *
 * @param id          what a browser asks for it by
 * @param name        what people read
 * @param description one sentence on what it is for
 * @param prompt      the system prompt, knowledge included; used where the browser sends none of its own
 * @param greeting    what it says before the user does, or ""; only with its own prompt
 * @param voice       the voice it prefers, where the browser asks for none
 * @param tools       the tools it may use, {@code "weather__*"} standing for all that begin so; all tools when absent
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

    /** This one with other instructions, and so without its greeting. */
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
