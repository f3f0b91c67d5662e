package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.AssistantText;
import dev.parley.voice.ModelEvent.Audio;
import dev.parley.voice.ModelEvent.AudioEnd;
import dev.parley.voice.ModelEvent.Interrupted;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.ModelEvent.UserText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the model's answers reach the browser in the browser's format. */
final class AnswersTest {

    private static final String TEXT_INTERRUPTED = "[\"contentEnd\",{IDS,\"contentId\":\"t1\",\"type\":\"TEXT\","
            + "\"role\":\"ASSISTANT\",\"stopReason\":\"INTERRUPTED\"}]";
    private static final String AUDIO_INTERRUPTED = "[\"contentEnd\",{IDS,\"contentId\":\"a1\",\"type\":\"AUDIO\","
            + "\"role\":\"ASSISTANT\",\"stopReason\":\"INTERRUPTED\"}]";
    private static final String BARGE_IN = "[\"bargeIn\",{IDS,\"reason\":\"user\"}]";
    private static final String STREAM_INTERRUPTED = "[\"streamInterrupted\",{IDS,\"reason\":\"user\"}]";
    private static final String LISTENING = "[\"state\",{\"state\":\"listening\"}]";

    @Test
    void tellsAWholeTurn() {
        var script = Script.listening();
        script.model(1, new UserText("u1", "Say \"hi\""))
                .expect("[\"completionStart\",{\"completionStart\":{IDS}}]",
                        "[\"contentStart\",{IDS,\"contentId\":\"u1\",\"type\":\"TEXT\",\"role\":\"USER\",\"additionalModelFields\":"
                                + "\"{\\\"generationStage\\\":\\\"FINAL\\\"}\",\"textOutputConfiguration\":{\"mediaType\":\"text/plain\"}}]",
                        "[\"textOutput\",{IDS,\"contentId\":\"u1\",\"role\":\"USER\",\"content\":\"Say \\\"hi\\\"\"}]",
                        "[\"contentEnd\",{IDS,\"contentId\":\"u1\",\"type\":\"TEXT\",\"role\":\"USER\",\"stopReason\":\"PARTIAL_TURN\"}]",
                        "[\"state\",{\"state\":\"thinking\"}]");
        script.model(1, new AssistantText("t1", Stage.SPECULATIVE, "Hi.", StopReason.PARTIAL_TURN))
                .expect("[\"contentStart\",{IDS,\"contentId\":\"t1\",\"type\":\"TEXT\",\"role\":\"ASSISTANT\",\"additionalModelFields\":"
                        + "\"{\\\"generationStage\\\":\\\"SPECULATIVE\\\"}\",\"textOutputConfiguration\":{\"mediaType\":\"text/plain\"}}]",
                        "[\"textOutput\",{IDS,\"contentId\":\"t1\",\"role\":\"ASSISTANT\",\"content\":\"Hi.\"}]",
                        "[\"contentEnd\",{IDS,\"contentId\":\"t1\",\"type\":\"TEXT\",\"role\":\"ASSISTANT\",\"stopReason\":\"PARTIAL_TURN\"}]",
                        "[\"state\",{\"state\":\"speaking\"}]");
        script.model(1, new Audio("a1", Script.pcm(1, 2)))
                .expect("[\"contentStart\",{IDS,\"contentId\":\"a1\",\"type\":\"AUDIO\",\"role\":\"ASSISTANT\",\"audioOutputConfiguration\":"
                        + "{\"mediaType\":\"audio/lpcm\",\"sampleRateHertz\":24000,\"sampleSizeBits\":16,\"channelCount\":1,"
                        + "\"encoding\":\"base64\"}}]",
                        "[\"audioOutput\",{\"contentId\":\"a1\",\"role\":\"ASSISTANT\",\"content\":\"AQACAA==\"}]");
        script.model(1, new Audio("a1", Script.pcm(3)))
                .expect("[\"audioOutput\",{\"contentId\":\"a1\",\"role\":\"ASSISTANT\",\"content\":\"AwA=\"}]");
        script.model(1, new AudioEnd("a1", StopReason.END_TURN))
                .expect("[\"contentEnd\",{IDS,\"contentId\":\"a1\",\"type\":\"AUDIO\",\"role\":\"ASSISTANT\",\"stopReason\":\"END_TURN\"}]",
                        LISTENING);
        script.model(1, new AssistantText("t2", Stage.FINAL, "Hi.", StopReason.END_TURN))
                .expect("[\"contentStart\",{IDS,\"contentId\":\"t2\",\"type\":\"TEXT\",\"role\":\"ASSISTANT\",\"additionalModelFields\":"
                        + "\"{\\\"generationStage\\\":\\\"FINAL\\\"}\",\"textOutputConfiguration\":{\"mediaType\":\"text/plain\"}}]",
                        "[\"textOutput\",{IDS,\"contentId\":\"t2\",\"role\":\"ASSISTANT\",\"content\":\"Hi.\"}]",
                        "[\"contentEnd\",{IDS,\"contentId\":\"t2\",\"type\":\"TEXT\",\"role\":\"ASSISTANT\",\"stopReason\":\"END_TURN\"}]");
        assertThat(script.conversation.history()).containsExactly(new Turn(Turn.Role.USER, "Say \"hi\""),
                new Turn(Turn.Role.ASSISTANT, "Hi."));
        script.assertExhausted();
    }

    @Test
    void sendsSpeechAsAttachmentIfAsked() {
        var script = new Script().browser("initializeConnection", "{\"audioFormat\":\"binary\"}")
                .browser("audioStart")
                .model(1, new Audio("a1", Script.pcm(7)))
                .skip();
        script.model(1, new Audio("a1", Script.pcm(1, 2)))
                .expect("[\"audioOutput\",{\"contentId\":\"a1\",\"role\":"
                        + "\"ASSISTANT\",\"content\":{\"_placeholder\":true,\"num\":0}}] + [[1, 0, 2, 0]]");
        script.assertExhausted();
    }

    static List<ModelEvent> interruptions() {
        return List.of(new Interrupted(), new AudioEnd("a1", StopReason.INTERRUPTED));
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void clearsThePlayerOnceAndSendsNothingStale(ModelEvent interruption) {
        var script = Script.speaking();
        script.model(1, interruption)
                .expect(AUDIO_INTERRUPTED, TEXT_INTERRUPTED, BARGE_IN, STREAM_INTERRUPTED, LISTENING)
                .expectPhase(Phase.LISTENING);
        script.model(1, new Audio("a1", Script.pcm(2)))
                .model(1, new AudioEnd("a1", StopReason.INTERRUPTED))
                .model(1, new AudioEnd("a1", StopReason.END_TURN))
                .expectNothing()
                .expectPhase(Phase.LISTENING);
        script.model(1, new Audio("a2", Script.pcm(2)));
        assertThat(script.taken()).hasSize(3).last().isEqualTo("[\"state\",{\"state\":\"speaking\"}]");
        script.assertExhausted();
    }

    @Test
    void cutFinalTextIsAnInterruption() {
        var script = Script.speaking();
        script.model(1, new AssistantText("t1", Stage.FINAL, "We", StopReason.INTERRUPTED));
        assertThat(script.taken()).hasSize(7).contains(TEXT_INTERRUPTED, BARGE_IN);
        assertThat(script.conversation.history()).containsExactly(new Turn(Turn.Role.ASSISTANT, "We"));
    }

    @Test
    void lateCutTextDoesNotInterruptNextAnswer() {
        var script = Script.speaking().model(1, new Interrupted()).skip();
        script.model(1, new AssistantText("t1", Stage.FINAL, "We", StopReason.INTERRUPTED));
        assertThat(script.taken()).last()
                .isEqualTo("[\"contentEnd\",{IDS,\"contentId\":\"t1\",\"type\":\"TEXT\","
                        + "\"role\":\"ASSISTANT\",\"stopReason\":\"END_TURN\"}]");
    }

    @Test
    void interruptionBeforeAnyTextIsSent() {
        var script = Script.listening().model(1, new Interrupted());
        assertThat(script.taken())
                .contains("[\"contentEnd\",{IDS,\"contentId\":\"interruption\",\"type\":\"TEXT\","
                        + "\"role\":\"ASSISTANT\",\"stopReason\":\"INTERRUPTED\"}]");
    }

    @Test
    void lateFinalTextDoesNotEndTheUsersTurn() {
        var script = Script.speaking()
                .model(1, new UserText("u2", "wait"))
                .model(1, new AssistantText("t9", Stage.FINAL, "Well.", StopReason.END_TURN))
                .skip();
        script.expectPhase(Phase.THINKING);
    }

    @Test
    void lateFinalTextStandsBeforeNewerUserText() {
        var script = Script.speaking()
                .model(1, new Interrupted())
                .model(1, new UserText("u2", "Wait."))
                .model(1, new AssistantText("t9", Stage.FINAL, "Well", StopReason.INTERRUPTED));
        assertThat(script.conversation.history()).containsExactly(new Turn(Turn.Role.ASSISTANT, "Well"),
                new Turn(Turn.Role.USER, "Wait."));
    }

    @Test
    void wrapsUsageAndCountsTheDifference() {
        var script = Script.listening().model(1, new Usage(5, 1, 0, 0)).skip();
        script.model(1, new Usage(7, 1, 20, 4))
                .expect("[\"usageEvent\",{\"usageEvent\":{IDS,\"totalInputTokens\":8,"
                        + "\"totalOutputTokens\":24,\"totalTokens\":32,\"details\":{\"delta\":{\"input\":{\"speechTokens\":2,"
                        + "\"textTokens\":0},\"output\":{\"speechTokens\":20,\"textTokens\":4}},\"total\":{\"input\":{\"speechTokens\":7,"
                        + "\"textTokens\":1},\"output\":{\"speechTokens\":20,\"textTokens\":4}}}}}]");
        script.assertExhausted();
    }

    @Test
    void doesNotSendEmptySpeech() {
        Script.speaking().model(1, new Audio("a3", new byte[0])).expectNothing();
    }
}
