package dev.parley.assistant.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.assistant.ConfigurationException;
import dev.parley.voice.conversation.Persona;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonasTest {

    @TempDir
    Path folder;

    @Test
    void includesAnAssistantAndAReceptionist() {
        var personas = Personas.load(Optional.empty(), "dental-receptionist");

        assertThat(personas).extracting(Persona::id).containsExactly("dental-receptionist", "assistant");
        assertThat(personas.getFirst().greeting()).contains("Harbour Dental Practice");
        assertThat(personas.getFirst().prompt()).contains("Maya")
                .contains("What you know:\n")
                .contains("Harbour Street");
        assertThat(personas.getFirst().tools().orElseThrow()).contains("book_appointment")
                .doesNotContain("calculate");
        assertThat(personas.getLast().tools().orElseThrow()).contains("mcp__*")
                .doesNotContain("book_appointment");
    }

    @Test
    void filesOfTheFolderOverrideIncludedPersonas() throws IOException {
        write("pirate.yaml", """
                name: Captain
                prompt: |
                  Speak like a pirate.
                  Be short.
                voice: slt
                tools: [get_time, "mcp__sea__*"]
                """);
        write("assistant.yml", "name: Other\nprompt: Be other.");
        write("notes.txt", "not a persona");

        var personas = Personas.load(Optional.of(folder), "pirate");

        assertThat(personas).extracting(Persona::id)
                .containsExactly("pirate", "assistant", "dental-receptionist");
        assertThat(personas.getFirst())
                .isEqualTo(new Persona("pirate", "Captain", "", "Speak like a pirate.\nBe short.", "",
                        Optional.of("slt"), Optional.of(List.of("get_time", "mcp__sea__*"))));
        assertThat(personas.get(1).name()).isEqualTo("Other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: A                              | needs an entry "prompt"
            prompt: B                            | needs an entry "name"
            ''                                   | is empty
            name: [A                             | is not valid in line
            name: A;prompt: B;voise: slt         | has an unknown entry "voise"; known are name, description
            name: A;prompt: B;tools: [a b]       | lists a tool without a proper name
            - name: A                            | is not valid
            name: A;prompt: B;greeting: {a: b}   | is not valid in line 3
            """)
    void invalidFileIsNamedWithItsMistake(String content, String what) throws IOException {
        write("wrong.yaml", content.replace(';', '\n'));

        assertThatThrownBy(() -> Personas.load(Optional.of(folder), "assistant"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("personas: " + folder.resolve("wrong.yaml") + " ")
                .hasMessageContaining(what);
    }

    @Test
    void sizesAndCountOfFilesAreLimited() throws IOException {
        write("long.yaml", "name: A\nprompt: " + "x".repeat(40_001));
        assertThatThrownBy(() -> Personas.load(Optional.of(folder), "assistant"))
                .hasMessageContaining("40000 characters");
        write("long.yaml", "name: A\nprompt: " + "x".repeat(70_000));
        assertThatThrownBy(() -> Personas.load(Optional.of(folder), "assistant"))
                .hasMessageContaining("larger than");
        Files.delete(folder.resolve("long.yaml"));
        for (int i = 0; i < 51; i++) {
            write("p" + i + ".yaml", "name: A\nprompt: B");
        }
        assertThatThrownBy(() -> Personas.load(Optional.of(folder), "assistant"))
                .hasMessageContaining("more than 50 files");
    }

    @Test
    void unknownDefaultAndMissingFolderAreNamed() {
        assertThatThrownBy(() -> Personas.load(Optional.empty(), "zoe"))
                .hasMessage("persona: there is no persona \"zoe\"; there are assistant, dental-receptionist");
        assertThatThrownBy(() -> Personas.load(Optional.of(folder.resolve("none")), "assistant"))
                .hasMessageContaining("cannot be read");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
