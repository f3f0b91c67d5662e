package dev.parley.nova.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.voice.StreamSettings.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputOrderTest {

    private final InputOrder order = new InputOrder();
    private int blocks;

    /** Letters: S session, P prompt, s system, u user, a assistant (history), A audio opens, x sound, t typed, T tool, e audio ends, E prompt end, Z session end. */
    private Optional<String> play(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            for (InputEvent event : events(letters.charAt(i))) {
                Optional<String> wrong = order.on(event);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private List<InputEvent> events(char letter) {
        return switch (letter) {
            case 'S' -> List.of(new InputEvent.SessionStart(Inference.defaults(), Optional.empty()));
            case 'P' -> List.of(new InputEvent.PromptStart("p", "tiffany", 24_000, List.of()));
            case 's' -> text(Role.SYSTEM, false, "Be kind.");
            case 'v' -> text(Role.SYSTEM_SPEECH, false, "Speak slowly.");
            case 'u' -> text(Role.USER, false, "Hello.");
            case 'a' -> text(Role.ASSISTANT, false, "Hello.");
            case 'l' -> text(Role.USER, false, "x".repeat(1_001));
            case 't' -> text(Role.USER, true, "Typed.");
            case 'A' ->
                List.of(new InputEvent.ContentStart("p", "audio", Role.USER, true, new Body.Audio(16_000)));
            case 'x' -> List.of(new InputEvent.AudioInput("p", "audio", new byte[2]));
            case 'T' ->
                List.of(new InputEvent.ContentStart("p", "tool", Role.TOOL, false, new Body.Tool("u")),
                        new InputEvent.ToolResult("p", "tool", "{}"), new InputEvent.ContentEnd("p", "tool"));
            case 'e' -> List.of(new InputEvent.ContentEnd("p", "audio"));
            case 'E' -> List.of(new InputEvent.PromptEnd("p"));
            case 'N' -> List.of(new InputEvent.PromptEnd("other"));
            case 'Z' -> List.of(new InputEvent.SessionEnd());
            default -> throw new IllegalArgumentException(String.valueOf(letter));
        };
    }

    private List<InputEvent> text(Role role, boolean interactive, String text) {
        String name = "b" + blocks++;
        var events = new ArrayList<InputEvent>();
        events.add(new InputEvent.ContentStart("p", name, role, interactive, new Body.Text()));
        events.add(new InputEvent.TextInput("p", name, text));
        events.add(new InputEvent.ContentEnd("p", name));
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPsAxxeEZ", "SPsuauaAxtxTxeEZ", "SPsvuaAx", "SPsAteEZ", "SZ", "SPsEZ"})
    void allowedOrders(String letters) {
        assertThat(play(letters)).isEmpty();
        assertThat(order.over()).isEqualTo(letters.endsWith("Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "SS", "SPP", "SPA", "SPu", "SPss", "SPsa", "SPsuu", "SPsuaa", "SPsAA",
            "SPsAa", "SPsAu", "SPsAs", "SPsx", "SPsT", "SPsAE", "SPsAeN", "SPZ", "SPsAeEA", "SPsAeEZS",
            "SPsl", "SPsuv", "SPsAxex", "SPsuauauauauauauauauauauauauauauauauauauauaua"})
    void forbiddenOrders(String letters) {
        assertThat(play(letters)).isPresent();
    }

    @Test
    void historyOverFortyKilobytesIsRefused() {
        assertThat(play("SPs")).isEmpty();
        order.on(new InputEvent.ContentStart("p", "h", Role.USER, false, new Body.Text()));
        for (int i = 0; i < 40; i++) {
            assertThat(order.on(new InputEvent.TextInput("p", "h", "x".repeat(1_000)))).isEmpty();
        }
        assertThat(order.on(new InputEvent.TextInput("p", "h", "x"))).isPresent();
    }

    @Test
    void nameOfABlockIsUsedOnce() {
        assertThat(play("SPsA")).isEmpty();
        assertThat(order.on(new InputEvent.ContentStart("p", "audio", Role.TOOL, false, new Body.Tool("u"))))
                .isPresent();
    }
}
