package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputInterpreterTest {

    private final OutputInterpreter listener = new OutputInterpreter();
    private final List<ModelEvent> told = new ArrayList<>();

    private OutputInterpreterTest play(OutputEvent... events) {
        for (OutputEvent event : events) {
            told.addAll(listener.on(event));
        }
        return this;
    }

    private static OutputEvent[] text(String id, Role role, Stage stage, String text, StopReason stop) {
        return new OutputEvent[]{
                new OutputEvent.ContentStart(id, OutputEvent.Type.TEXT, role, Optional.of(stage)),
                new OutputEvent.TextOutput(id, role, text),
                new OutputEvent.ContentEnd(id, OutputEvent.Type.TEXT, stop)};
    }

    private static OutputEvent audioStart(String id) {
        return new OutputEvent.ContentStart(id, OutputEvent.Type.AUDIO, Role.ASSISTANT, Optional.empty());
    }

    private static OutputEvent audio(String id) {
        return new OutputEvent.AudioOutput(id, new byte[4]);
    }

    private static OutputEvent audioEnd(String id, StopReason stop) {
        return new OutputEvent.ContentEnd(id, OutputEvent.Type.AUDIO, stop);
    }

    @Test
    void eventsOfATurnAreInterpreted() {
        play(new OutputEvent.CompletionStart());
        play(text("u", Role.USER, Stage.FINAL, "What time is it?", StopReason.PARTIAL_TURN));
        play(text("s", Role.ASSISTANT, Stage.SPECULATIVE, "Noon.", StopReason.PARTIAL_TURN));
        play(audioStart("a"), audio("a"), audioEnd("a", StopReason.END_TURN));
        play(text("f", Role.ASSISTANT, Stage.FINAL, "Noon.", StopReason.END_TURN));
        assertThat(told.stream().map(event -> event.getClass().getSimpleName())).containsExactly("UserText",
                "AssistantText", "Audio", "AudioEnd", "AssistantText");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"interrupted\" : true }", "{\"interrupted\":true}",
            " { \"interrupted\" : true } "})
    void markerIsAnInterruptionAndNeverText(String marker) {
        play(audioStart("a"), audio("a"));
        play(text("m", Role.ASSISTANT, Stage.FINAL, marker, StopReason.INTERRUPTED));
        play(audioEnd("a", StopReason.INTERRUPTED));
        assertThat(told).hasSize(2).last().isEqualTo(new ModelEvent.Interrupted());
    }

    @Test
    void speechOpenedBeforeTheInterruptionIsDropped() {
        play(audioStart("old"), audio("old"),
                new OutputEvent.TextOutput("m", Role.ASSISTANT, "{ \"interrupted\" : true }"), audio("old"),
                audioEnd("old", StopReason.END_TURN));
        assertThat(told).hasSize(2).last().isEqualTo(new ModelEvent.Interrupted());
        play(audioStart("new"), audio("new"));
        assertThat(told).hasSize(3).last().isInstanceOf(ModelEvent.Audio.class);
    }

    @Test
    void nextAnswerCanBeInterruptedAgain() {
        play(audioStart("a"), audioEnd("a", StopReason.INTERRUPTED), audioStart("b"),
                audioEnd("b", StopReason.INTERRUPTED));
        assertThat(told).containsExactly(new ModelEvent.Interrupted(), new ModelEvent.Interrupted());
    }

    @Test
    void spokenTextIsEmittedAfterAnInterruption() {
        play(audioStart("a"), audio("a"));
        play(text("f", Role.ASSISTANT, Stage.FINAL, "It is", StopReason.INTERRUPTED));
        assertThat(told.subList(1, 3)).containsExactly(new ModelEvent.Interrupted(),
                new ModelEvent.AssistantText("f", Stage.FINAL, "It is", StopReason.INTERRUPTED));
    }

    @Test
    void lateTextOfInterruptedAnswerSparesTheNext() {
        play(text("s", Role.ASSISTANT, Stage.SPECULATIVE, "It is long.", StopReason.PARTIAL_TURN));
        play(audioStart("old"), audio("old"), audioEnd("old", StopReason.INTERRUPTED));
        play(text("n", Role.ASSISTANT, Stage.SPECULATIVE, "All right.", StopReason.PARTIAL_TURN));
        play(audioStart("new"), audio("new"));
        told.clear();
        play(text("f", Role.ASSISTANT, Stage.FINAL, "It is", StopReason.INTERRUPTED));
        play(audio("new"));
        assertThat(told).hasSize(2)
                .first()
                .isEqualTo(new ModelEvent.AssistantText("f", Stage.FINAL, "It is", StopReason.PARTIAL_TURN));
        play(text("g", Role.ASSISTANT, Stage.FINAL, "All", StopReason.INTERRUPTED));
        assertThat(told).contains(new ModelEvent.Interrupted());
    }

    @Test
    void piecesOfATextAreJoined() {
        play(new OutputEvent.ContentStart("u", OutputEvent.Type.TEXT, Role.USER, Optional.of(Stage.FINAL)),
                new OutputEvent.TextOutput("u", Role.USER, "one "),
                new OutputEvent.TextOutput("u", Role.USER, "two"),
                new OutputEvent.ContentEnd("u", OutputEvent.Type.TEXT, StopReason.PARTIAL_TURN));
        assertThat(told).containsExactly(new ModelEvent.UserText("u", "one two"));
    }

    @Test
    void endOfTheCompletionIsNoTurn() {
        play(new OutputEvent.CompletionEnd(), new OutputEvent.Other("later"));
        assertThat(told).isEmpty();
    }
}
