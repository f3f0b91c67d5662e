package dev.parley.assistant.persona;

import dev.parley.voice.conversation.Persona;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks whether the voices and tools that personas name exist. A conversation silently does without a missing one, so the operator is warned
 * at the start, with a sentence for each mistake.
 */
public final class PersonaChecks {

    private static final String MCP = "mcp__";

    private PersonaChecks() {}

    /**
     * Returns a sentence for each voice that the model does not have. A voice may be wrong with one model only.
     *
     * @param known the ids of the model's voices
     */
    public static List<String> unknownVoices(List<Persona> personas, List<String> known) {
        return personas.stream()
                .flatMap(persona -> persona.voice()
                        .filter(voice -> !known.contains(voice))
                        .map(voice -> "persona " + persona.id() + " asks for the voice \"" + voice
                                + "\", which the model does not have: it has " + String.join(", ", known))
                        .stream())
                .toList();
    }

    /**
     * Returns a sentence for each tool that does not exist. Tools of MCP servers come and go, and are no mistakes.
     *
     * @param known the names of the server's own tools
     */
    public static List<String> unknownTools(List<Persona> personas, List<String> known) {
        var sentences = new ArrayList<String>();
        for (Persona persona : personas) {
            for (String word : persona.tools().orElse(List.of())) {
                if (!fits(word, known)) {
                    sentences.add("persona " + persona.id() + " lists the tool \"" + word
                            + "\", which there is not: there are " + String.join(", ", known)
                            + ", and those of MCP servers, which begin with " + MCP);
                }
            }
        }
        return sentences;
    }

    private static boolean fits(String word, List<String> known) {
        if (!word.endsWith("*")) {
            return word.startsWith(MCP) || known.contains(word);
        }
        String beginning = word.substring(0, word.length() - 1);
        return beginning.startsWith(MCP) || MCP.startsWith(beginning)
                || known.stream().anyMatch(name -> name.startsWith(beginning));
    }
}
