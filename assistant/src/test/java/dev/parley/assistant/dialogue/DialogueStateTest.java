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

    /** A new field of the state must reach another server too. */
    @Test
    void snapshotHasTheValuesOfAllFields() throws ReflectiveOperationException {
        var state = new DialogueState();
        fill(state);
        fill(state.appointment);
        state.speed = SpeedSkill.SLOWEST;
        var left = new Dialogue.Left("heard", false, "unsaid");

        var read = DialogueSnapshot.read(DialogueSnapshot.write(state, left)).orElseThrow();

        assertThat(read.state()).usingRecursiveComparison().isEqualTo(state);
        assertThat(read.left()).isEqualTo(left);
    }

    @Test
    void whatIsNoSnapshotChangesNothing() {
        for (String text : List.of("", "[", "[]", "null", "{\"turn\":\"x\",\"topic\":7,\"appointment\":[]}",
                "{\"speed\":99999999999,\"lastSaid\":{}}", "{\"speed\":-5}")) {
            var dialogue = new Dialogue(List.of());
            assertThat(dialogue.restore(text).unsaid()).as(text).isEmpty();
            assertThat(dialogue.speed()).as(text).isBetween(0.7, 1.3);
        }
    }

    @Test
    void dialogueGoesOnFromTheStateBeforeAnUnansweredUtterance() {
        var dialogue = new Dialogue(List.of());
        dialogue.user("My name is Ada.");
        dialogue.user("My name is Bob.");
        var other = new Dialogue(List.of());
        assertThat(other.restore(dialogue.snapshot(false, "")).heard()).isEqualTo("My name is Bob.");
        assertThat(other.user("What is my name?").toString()).contains("Ada");
        assertThat(other.restore(dialogue.snapshot(true, "And more.")).unsaid()).isEqualTo("And more.");
        assertThat(other.user("What is my name?").toString()).contains("Bob");
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
