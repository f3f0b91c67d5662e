package dev.parley.assistant.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.conversation.Persona;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonaChecksTest {

    private static final List<String> TOOLS = List.of("get_time", "set_timer");

    private static List<Persona> persona(String voice, String... tools) {
        return List.of(new Persona("pirate", "Captain", "", "Be short.", "", Optional.of(voice),
                Optional.of(List.of(tools))));
    }

    @Test
    void unknownVoiceIsNamedWithTheKnownOnes() {
        assertThat(PersonaChecks.unknownVoices(persona("carusoo"), List.of("tiffany", "amy")))
                .containsExactly("persona pirate asks for the voice \"carusoo\", which the model does not "
                        + "have: it has tiffany, amy");
        assertThat(PersonaChecks.unknownVoices(persona("amy"), List.of("tiffany", "amy"))).isEmpty();
    }

    @Test
    void unknownToolIsNamedWithTheKnownOnes() {
        assertThat(PersonaChecks.unknownTools(persona("amy", "get_tme", "get_time", "tell_*"), TOOLS))
                .containsExactly(
                        "persona pirate lists the tool \"get_tme\", which there is not: there are "
                                + "get_time, set_timer, and those of MCP servers, which begin with mcp__",
                        "persona pirate lists the tool \"tell_*\", which there is not: there are "
                                + "get_time, set_timer, and those of MCP servers, which begin with mcp__");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_time", "set_*", "mcp__sea__tide", "mcp__*", "mcp__sea__*", "m*"})
    void knownToolsAndServersToolsAreAccepted(String tool) {
        assertThat(PersonaChecks.unknownTools(persona("amy", tool), TOOLS)).isEmpty();
    }

    @Test
    void personaWithoutListsIsNoMistake() {
        assertThat(PersonaChecks.unknownTools(List.of(Persona.plain("Be short.")), TOOLS)).isEmpty();
        assertThat(PersonaChecks.unknownVoices(List.of(Persona.plain("Be short.")), List.of("amy")))
                .isEmpty();
    }
}
