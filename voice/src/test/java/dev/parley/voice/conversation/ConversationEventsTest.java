package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Ended;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.Moved;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.ModelEvent.UserText;
import dev.parley.voice.conversation.ConversationEvent.Begun;
import dev.parley.voice.conversation.ConversationEvent.Source;
import dev.parley.voice.conversation.ConversationEvent.StreamBegan;
import dev.parley.voice.conversation.ConversationEvent.StreamEnded;
import dev.parley.voice.conversation.ConversationEvent.StreamOpened;
import dev.parley.voice.conversation.ConversationEvent.StreamReplaced;
import dev.parley.voice.conversation.ConversationEvent.TextFinal;
import dev.parley.voice.conversation.ConversationEvent.TokensCounted;
import dev.parley.voice.conversation.ConversationEvent.TurnBegun;
import dev.parley.voice.conversation.Turn.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests the events for subscribers, except those of one turn. */
final class ConversationEventsTest {

    @Test
    void newConversationAndItsStreamAreTold() {
        var script = new Script().browser("initializeConnection")
                .browser("promptStart")
                .browser("audioStart");
        assertThat(script.told()).containsExactly(new Begun(), new StreamOpened(1, false));
        script.model(1, new UserText("u", "Hello"));
        assertThat(script.told()).containsExactly(new StreamBegan(1), new TurnBegun(Source.SPOKEN),
                new TextFinal(1, Role.USER, Source.SPOKEN, "Hello"));
        script.browser("startNewChat");
        assertThat(script.told()).containsExactly(new Begun());
    }

    @Test
    void streamAfterAFailureIsTold() {
        var script = Script.listening();
        script.told();
        script.model(1, new Failed(Failed.Kind.BUSY, "busy")).browser("audioStart");
        assertThat(script.told()).containsExactly(new StreamEnded(1, Optional.of(Failed.Kind.BUSY)),
                new StreamBegan(1), new StreamOpened(2, true));
        script.model(2, new Ended()).browser("audioStart");
        assertThat(script.told()).containsExactly(new StreamEnded(2, Optional.empty()), new StreamBegan(2),
                new StreamOpened(3, false));
    }

    @Test
    void streamThatTheModelReplacesIsTold() {
        var script = Script.listening().model(1, new Moved(false)).model(1, new Moved(true));
        assertThat(script.told()).endsWith(new StreamReplaced(false), new StreamBegan(1),
                new StreamReplaced(true));
    }

    @Test
    void closingStreamTellsItsLastTextsAndTokens() {
        var script = Script.speaking().browser("stopAudio").skip();
        script.told();
        script.model(1, finalText("Well.")).model(1, new Usage(1, 2, 3, 4)).expectNothing();
        assertThat(script.told()).containsExactly(new TextFinal(1, Role.ASSISTANT, Source.SPOKEN, "Well."),
                new TokensCounted(1, new Usage(1, 2, 3, 4)));
        script.model(1, new Ended()).skip();
        script.model(1, new Usage(2, 2, 3, 4)).expectNothing();
        assertThat(script.told()).containsExactly(new StreamEnded(1, Optional.empty()),
                new TokensCounted(1, new Usage(2, 2, 3, 4)));
    }

    @Test
    void failedStreamTellsItsLastFinalTexts() {
        var script = Script.speaking();
        script.model(1, new Failed(Failed.Kind.FATAL, "limit")).skip();
        script.told();
        script.model(1, finalText("Well.")).model(1, speculativeText("Never said.")).expectNothing();
        assertThat(script.told()).containsExactly(new TextFinal(1, Role.ASSISTANT, Source.SPOKEN, "Well."));
    }

    @Test
    void textsOfAnotherStreamAreNotTold() {
        var script = Script.listening().browser("startNewChat");
        script.told();
        script.model(1, new UserText("u", "Too late."));
        assertThat(script.told()).isEmpty();
    }

    private static ModelEvent speculativeText(String text) {
        return new ModelEvent.AssistantText("s", ModelEvent.Stage.SPECULATIVE, text,
                ModelEvent.StopReason.PARTIAL_TURN);
    }

    private static ModelEvent finalText(String text) {
        return new ModelEvent.AssistantText("f", ModelEvent.Stage.FINAL, text,
                ModelEvent.StopReason.PARTIAL_TURN);
    }
}
