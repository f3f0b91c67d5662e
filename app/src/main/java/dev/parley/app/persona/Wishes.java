package dev.parley.app.persona;

import dev.parley.voice.conversation.Persona;
import java.util.ArrayList;
import java.util.List;

/**
 * What personas ask for and there is not: a conversation opens without it and says nothing, so whoever wrote the file is told when the server
 * starts. A sentence for each wrong word.
 */
public final class Wishes {

    private static final String MCP = "mcp__";

    private Wishes() {}

    /**
     * A voice is the model's, and so a mistake with one model only.
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
     * Tools of MCP servers come and go, and are no mistakes.
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
