package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueStateTest {

    /** A new field of the state must be copied too. */
    @Test
    void copyHasTheValuesOfAllFields() throws ReflectiveOperationException {
        var state = new DialogueState();
        fill(state);
        fill(state.appointment);
        var copy = state.copy();
        assertThat(copy).usingRecursiveComparison().isEqualTo(state);
        assertThat(copy.appointment).isNotSameAs(state.appointment);
        for (Field field : fields(state)) {
            assertThat(field.get(copy)).as(field.getName()).isNotEqualTo(field.get(new DialogueState()));
        }
    }

    @Test
    void retractedUtteranceLeavesNoTrace() {
        var dialogue = new Dialogue(List.of());
        var other = new Dialogue(List.of());
        dialogue.user("My name is Ada.");
        other.user("My name is Ada.");
        dialogue.user("My name is");
        dialogue.retract();
        assertThat(dialogue.user("What is my name?")).isEqualTo(other.user("What is my name?"));
    }

    @Test
    void saysWhetherTheLastUtteranceWasUnderstood() {
        var dialogue = new Dialogue(List.of());
        dialogue.user("Colourless green ideas sleep furiously.");
        assertThat(dialogue.understood()).isFalse();
        dialogue.user("Hello.");
        assertThat(dialogue.understood()).isTrue();
    }

    private static List<Field> fields(Object of) {
        return Arrays.stream(of.getClass().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .peek(field -> field.setAccessible(true))
                .toList();
    }

    /** Gives each field a value that it does not have at first. */
    private static void fill(Object state) throws IllegalAccessException {
        for (Field field : fields(state)) {
            if (field.getType() == long.class) {
                field.setLong(state, 7);
            } else if (field.getType() == int.class) {
                field.setInt(state, 7);
            } else if (field.getType() == boolean.class) {
                field.setBoolean(state, !field.getBoolean(state));
            } else if (field.getType() == String.class) {
                field.set(state, field.getName());
            } else if (field.getType().isEnum()) {
                var constants = field.getType().getEnumConstants();
                field.set(state, constants[constants.length - 1]);
            }
        }
    }
}
