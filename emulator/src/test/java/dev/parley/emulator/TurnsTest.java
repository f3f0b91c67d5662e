package dev.parley.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.OutputEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<String> moments = new ArrayList<>();
    private final Turns[] turns = new Turns[1];

    private Turns turns() {
        if (turns[0] == null) {
            turns[0] = new Turns(moment -> moments.add(moment + " " + turns[0].number()));
        }
        return turns[0];
    }

    private void sound(boolean loud, int times) {
        for (int i = 0; i < times; i++) {
            turns().on(new InputEvent.AudioInput("p", "a", new byte[1_024]), loud);
        }
    }

    @Test
    void speechAndTypedTextBeginTurns() {
        sound(false, 5);
        sound(true, 5);
        sound(false, 5);
        sound(true, 5); // a short pause is within a turn
        turns().on(new OutputEvent.TextOutput("b", OutputEvent.Role.USER, "Hello?"));
        turns().on(new OutputEvent.AudioOutput("c", new byte[2]));
        turns().on(new OutputEvent.AudioOutput("c", new byte[2]));
        turns().on(
                new InputEvent.ContentStart("p", "t", InputEvent.Role.USER, true, new InputEvent.Body.Text()),
                false);
        turns().on(new InputEvent.ContentEnd("p", "t"), false);
        turns().on(new OutputEvent.AudioOutput("d", new byte[2]));
        sound(false, 12);
        sound(true, 5);
        assertThat(moments).containsExactly("SPEECH 1", "TEXT 1", "ANSWER 1", "ANSWER 2", "SPEECH 3");
    }
}
