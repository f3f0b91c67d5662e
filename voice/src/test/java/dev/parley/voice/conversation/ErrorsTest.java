package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent.Ended;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that each mistake causes one clear error and the conversation continues. */
final class ErrorsTest {

    private static final String NO_CONVERSATION = error(
            "There is no conversation yet; send promptStart, systemPrompt and "
                    + "audioStart before audioInput.");

    private final Script script = new Script();

    @AfterEach
    void nothingUnexplained() {
        script.assertExhausted();
    }

    @Test
    void tellsAudioWithoutAConversationOnce() {
        for (var i = 0; i < 1_000; i++) {
            script.after(Duration.ofMillis(32)).audio(1);
        }
        script.expect(NO_CONVERSATION).expectPhase(Phase.IDLE);
        script.after(Duration.ofSeconds(5)).audio(1).expect(NO_CONVERSATION);
        script.browser("audioStart").skip().expectPhase(Phase.LISTENING);
    }

    @Test
    void tellsOnceThatAudioStartIsMissingWhenTheBufferIsFull() {
        script.browser("promptStart").skip();
        for (var i = 0; i < 512; i++) {
            script.audio(i);
        }
        script.expectNothing();
        script.audio(512)
                .audio(513)
                .expect(error(
                        "audioInput waits for audioStart and the oldest is lost; send audioStart to be heard."));
        script.browser("audioStart");
        assertThat(script.taken()).hasSize(516)
                .contains("1 <- audio [2, 0]")
                .doesNotContain("1 <- audio [1, 0]");
    }

    @Test
    void dropsAudioForFiveSecondsAfterTheEndAndThenTellsIt() {
        script.browser("audioStart").model(1, new Ended()).skip();
        script.after(Duration.ofMillis(4_999)).audio(1).expectNothing();
        script.after(Duration.ofMillis(1))
                .audio(1)
                .audio(2)
                .expect(error("The conversation is over; send audioStart to start again before audioInput."));
    }

    @Test
    void badAudioIsToldOnceAndDroppedAndTheNextGoodOneIsHeard() {
        script.browser("audioStart").skip();
        for (var i = 0; i < 100; i++) {
            script.after(Duration.ofMillis(32))
                    .browser("audioInput", "\"?\"")
                    .browser("audioInput", "\"AQAA\"");
        }
        script.expect(
                error("audioInput is not valid base64; send PCM, 16 kHz, mono, 16-bit, as plain base64."),
                error("audioInput holds half a sample; send an even number of bytes: PCM, 16 kHz, mono, 16-bit."));
        script.audio(1).expect("1 <- audio [1, 0]").expectPhase(Phase.LISTENING);
    }

    @Test
    void typedTextForAModelThatReadsNoneIsToldAndNothingElseChanges() {
        var deaf = new Script(Script.OPTIONS.withTypedText(false));
        deaf.browser("promptStart").skip();
        deaf.browser("textInput", "{\"content\":\"Hello\"}")
                .expect(error("The speech model does not read what is typed; say it instead."))
                .expectPhase(Phase.PROMPTED);
        deaf.browser("audioStart").skip();
        deaf.browserAsks("textInput", "{\"content\":\"Hello\"}");
        assertThat(deaf.taken()).hasSize(2)
                .contains(error("The speech model does not read what is typed; say it instead."))
                .last()
                .asString()
                .contains("say it instead");
        deaf.expectPhase(Phase.LISTENING);
        assertThat(deaf.conversation.history()).isEmpty();
    }

    @Test
    void emptyAudioIsNothing() {
        script.browser("audioInput", "\"\"")
                .browser("audioStart")
                .skip()
                .browser("audioInput", "\"\"")
                .expectNothing();
    }

    @Test
    void textNeedsAConversation() {
        script.browser("textInput", "{\"content\":\"hi\"}")
                .expect(error(
                        "There is no conversation yet; send initializeConnection or promptStart before textInput."));
        script.browser("audioStart").model(1, new Ended()).skip();
        script.browser("textInput", "{\"content\":\"hi\"}")
                .expect(error(
                        "The conversation is over; send initializeConnection or audioStart to start again before textInput."));
    }

    @Test
    void promptAndVoiceAreFixedWhileTheStreamIsOpen() {
        script.browser("audioStart").skip();
        script.browser("promptStart", "{\"voiceId\":\"leo\"}")
                .browser("systemPrompt", "\"Other\"")
                .browser("systemPrompt", "{\"voiceId\":\"leo\"}")
                .expect(error(
                        "promptStart cannot change a conversation that is open; send startNewChat first."),
                        error("systemPrompt cannot change a conversation that is open; send startNewChat first."),
                        error("systemPrompt cannot change a conversation that is open; send startNewChat first."));
        script.audio(1).expect("1 <- audio [1, 0]");
    }

    @Test
    void namesTheVoicesWhenThereIsNoSuchVoice() {
        script.browser("voiceConfig", "{\"voiceId\":\"bob\"}")
                .expect(error("There is no such voice; the voices are amy, leo."));
    }

    @Test
    void anotherSampleRateIsToldAndThePromptStillTaken() {
        script.browser("promptStart", "{\"outputSampleRate\":16000}")
                .expect(error("Speech is sent at 24000 Hz; leave outputSampleRate out of promptStart."),
                        "wake PT5M")
                .expectPhase(Phase.PROMPTED);
    }

    @Test
    void aWrongShapeIsToldAndChangesNothing() {
        script.browser("promptStart").skip();
        script.browser("systemPrompt", "7")
                .expect(error("systemPrompt needs a string, {\\\"content\\\":\\\"…\\\"}, or nothing."))
                .expectPhase(Phase.PROMPTED);
        script.browser("audioStart")
                .expect("open 1 amy [time, note]", "1 <- prompt Be brief.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]");
    }

    @Test
    void aRefusedInitialisationIsAcknowledgedOrElseToldAsAnError() {
        var why = "initializeConnection needs audioFormat as \\\"base64\\\" or \\\"binary\\\".";
        script.browserAsks("initializeConnection", "{\"audioFormat\":\"x\"}")
                .expect("ack [{\"success\":false,\"error\":\"" + why + "\"}]")
                .expectPhase(Phase.IDLE);
        script.browser("initializeConnection", "{\"audioFormat\":\"x\"}").expect(error(why));
        script.browserAsks("textInput", "{\"content\":\"hi\"}");
        assertThat(script.taken()).hasSize(2)
                .last()
                .asString()
                .startsWith("ack [{\"success\":false,\"error\":\"There is");
    }

    @Test
    void boundsErrorsOfAnyKind() {
        for (var i = 0; i < 100; i++) {
            script.browser("textInput");
        }
        assertThat(script.taken()).hasSize(20);
        script.after(Duration.ofSeconds(10)).browser("textInput");
        assertThat(script.taken()).hasSize(1);
    }

    private static String error(String message) {
        return "[\"error\",{\"message\":\"" + message + "\"}]";
    }
}
