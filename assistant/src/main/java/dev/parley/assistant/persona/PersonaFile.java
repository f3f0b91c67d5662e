package dev.parley.assistant.persona;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.voice.conversation.Persona;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The entries of a persona's file. Only name and prompt are required.
 *
 * @param name        the name for display
 * @param description its purpose in one sentence
 * @param prompt      its behaviour, as a system prompt
 * @param greeting    its first sentence, before the user speaks
 * @param voice       the id of its preferred voice
 * @param tools       the tools that it may use; all tools if absent
 * @param knowledge   its knowledge, appended to the prompt
 */
record PersonaFile(@Nullable String name, @Nullable String description, @Nullable String prompt,
        @Nullable String greeting, @Nullable String voice, @Nullable List<@Nullable String> tools,
        @JsonProperty("knowledge") @Nullable String knowledge) {

    static final int LONGEST_PROMPT = 40_000;
    private static final int LONGEST_LINE = 300;
    private static final String EMPTY = "is empty; it needs name and prompt";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Thrown for an invalid persona. The message completes the sentence "this file …". */
    static final class InvalidPersona extends Exception {
        private InvalidPersona(String what) {
            super(what, null, false, false);
        }
    }

    static Persona read(String id, String yaml) throws InvalidPersona {
        if (yaml.isBlank()) {
            throw new InvalidPersona(EMPTY);
        }
        PersonaFile file;
        try {
            file = YAML.readValue(yaml, PersonaFile.class);
        } catch (UnrecognizedPropertyException unknown) {
            throw new InvalidPersona("has an unknown entry \"" + unknown.getPropertyName()
                    + "\"; known are name, description, prompt, greeting, voice, tools, knowledge");
        } catch (JacksonException broken) {
            var where = broken.getLocation();
            throw new InvalidPersona("is not valid" + (where == null ? "" : " in line " + where.getLineNr())
                    + ": it needs lines like \"name: Maya\"");
        }
        if (file == null) {
            throw new InvalidPersona(EMPTY);
        }
        return file.persona(id);
    }

    private Persona persona(String id) throws InvalidPersona {
        var known = text(knowledge);
        var whole = required("prompt", prompt) + (known.isEmpty() ? "" : "\n\nWhat you know:\n" + known);
        if (whole.length() > LONGEST_PROMPT) {
            throw new InvalidPersona(
                    "has more than " + LONGEST_PROMPT + " characters of prompt and knowledge");
        }
        return new Persona(id, line("name", required("name", name)), line("description", text(description)),
                whole, line("greeting", text(greeting)),
                Optional.of(line("voice", text(voice))).filter(v -> !v.isEmpty()), allowed());
    }

    private Optional<List<String>> allowed() throws InvalidPersona {
        if (tools == null) {
            return Optional.empty();
        }
        for (var tool : tools) {
            if (tool == null || !tool.matches("[A-Za-z0-9_-]{1,64}\\*?")) {
                throw new InvalidPersona(
                        "lists a tool without a proper name; write names like get_time, or mail__* for all that begin so");
            }
        }
        return Optional.of(tools.stream().map(String::valueOf).toList());
    }

    private static String required(String entry, @Nullable String value) throws InvalidPersona {
        if (text(value).isEmpty()) {
            throw new InvalidPersona("needs an entry \"" + entry + "\"");
        }
        return text(value);
    }

    private static String line(String entry, String value) throws InvalidPersona {
        if (value.length() > LONGEST_LINE) {
            throw new InvalidPersona("has more than " + LONGEST_LINE + " characters of " + entry);
        }
        return value.replaceAll("\\s+", " ");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
