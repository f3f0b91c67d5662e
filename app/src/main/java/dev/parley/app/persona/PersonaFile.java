package dev.parley.app.persona;

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
 * The entries of a persona's file. Only a name and a prompt are needed.
 *
 * @param name        what people read
 * @param description one sentence on what it is for
 * @param prompt      how it shall behave
 * @param greeting    what it says before the user does
 * @param voice       the id of the voice it prefers
 * @param tools       what it may use; all tools without it
 * @param knowledge   what it knows, put after the prompt
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

    /** The persona is not as it should be; the message completes the sentence "this file …". */
    static final class Wrong extends Exception {
        private Wrong(String what) {
            super(what, null, false, false);
        }
    }

    static Persona read(String id, String yaml) throws Wrong {
        if (yaml.isBlank()) {
            throw new Wrong(EMPTY);
        }
        PersonaFile file;
        try {
            file = YAML.readValue(yaml, PersonaFile.class);
        } catch (UnrecognizedPropertyException unknown) {
            throw new Wrong("has an unknown entry \"" + unknown.getPropertyName()
                    + "\"; known are name, description, prompt, greeting, voice, tools, knowledge");
        } catch (JacksonException broken) {
            var where = broken.getLocation();
            throw new Wrong("is not valid" + (where == null ? "" : " in line " + where.getLineNr())
                    + ": it needs lines like \"name: Maya\"");
        }
        if (file == null) {
            throw new Wrong(EMPTY);
        }
        return file.persona(id);
    }

    private Persona persona(String id) throws Wrong {
        var known = text(knowledge);
        var whole = required("prompt", prompt) + (known.isEmpty() ? "" : "\n\nWhat you know:\n" + known);
        if (whole.length() > LONGEST_PROMPT) {
            throw new Wrong("has more than " + LONGEST_PROMPT + " characters of prompt and knowledge");
        }
        return new Persona(id, line("name", required("name", name)), line("description", text(description)),
                whole, line("greeting", text(greeting)),
                Optional.of(line("voice", text(voice))).filter(v -> !v.isEmpty()), allowed());
    }

    private Optional<List<String>> allowed() throws Wrong {
        if (tools == null) {
            return Optional.empty();
        }
        for (var tool : tools) {
            if (tool == null || !tool.matches("[A-Za-z0-9_-]{1,64}\\*?")) {
                throw new Wrong(
                        "lists a tool without a proper name; write names like get_time, or mail__* for all that begin so");
            }
        }
        return Optional.of(tools.stream().map(String::valueOf).toList());
    }

    private static String required(String entry, @Nullable String value) throws Wrong {
        if (text(value).isEmpty()) {
            throw new Wrong("needs an entry \"" + entry + "\"");
        }
        return text(value);
    }

    private static String line(String entry, String value) throws Wrong {
        if (value.length() > LONGEST_LINE) {
            throw new Wrong("has more than " + LONGEST_LINE + " characters of " + entry);
        }
        return value.replaceAll("\\s+", " ");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
