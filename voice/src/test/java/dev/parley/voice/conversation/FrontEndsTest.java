package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent.Ended;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.BrowserCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the complete sequence of each known front end and the events sent to it. */
final class FrontEndsTest {

    private final Script script = new Script();

    @AfterEach
    void nothingUnexplained() {
        script.assertExhausted();
    }

    @Test
    void servesVariantAWhichNeitherInitialisesNorWaits() {
        script.browser("promptStart").expect("wake PT5M").expectPhase(Phase.PROMPTED);
        script.browser("systemPrompt", "\"You are Ann.\"").expectNothing();
        script.browser("audioStart")
                .expect("open 1 amy [time, note]", "1 <- prompt You are Ann.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]")
                .expectPhase(Phase.LISTENING);
        script.browser("audioInput", "\"AQACAA==\"").expect("1 <- audio [1, 0, 2, 0]");
        script.browser("stopAudio").expect("1 <- close", "wake PT3S").expectPhase(Phase.CLOSING);
        script.feed(new Input.Disconnected("client namespace disconnect"))
                .expect("ended client namespace disconnect")
                .expectPhase(Phase.GONE);
    }

    @Test
    void servesVariantBWhichInitialisesWithoutSettingsAndStops() {
        script.browserAsks("initializeConnection")
                .expect("ack [{\"success\":true}]", "wake PT5M")
                .expectPhase(Phase.INITIALISED);
        script.browser("promptStart")
                .browser("systemPrompt", "\"You are Bea.\"")
                .browser("audioStart")
                .expect("open 1 amy [time, note]", "1 <- prompt You are Bea.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]");
        script.browserAsks("initializeConnection")
                .expect("ack [{\"success\":true}]")
                .expectPhase(Phase.LISTENING);
        script.browser("audioInput", "\"AQA=\"").expect("1 <- audio [1, 0]");
        script.browser("stopAudio").expect("1 <- close", "wake PT3S");
        script.model(1, new Ended()).expect("[\"sessionClosed\"]").expectPhase(Phase.CLOSED);
        script.browserAsks("initializeConnection")
                .browser("promptStart")
                .browser("systemPrompt")
                .browser("audioStart")
                .expect("ack [{\"success\":true}]", "open 2 amy [time, note]", "2 <- prompt Be brief.",
                        "[\"audioReady\"]", "[\"state\",{\"state\":\"listening\"}]");
    }

    @Test
    void servesVariantCWhichBringsItsSettings() {
        script.browserAsks("initializeConnection", """
                {"region":"us-east-1","inferenceConfig":{"maxTokens":2048,"topP":0.5,"temperature":1},
                "turnDetectionConfig":{"endpointingSensitivity":"HIGH"},"enabledTools":["note","weather"]}""")
                .expect("ack [{\"success\":true}]", "wake PT5M");
        script.browser("promptStart", "{\"voiceId\":\"leo\",\"outputSampleRate\":24000}")
                .browser("systemPrompt", "{\"content\":\"You are Cy.\",\"voiceId\":\"leo\"}")
                .expectNothing();
        var opened = script.conversation
                .on(new Input.FromBrowser(new BrowserCommand.Text("hello")), script.now)
                .stream()
                .filter(effect -> !(effect instanceof Effect.Tell))
                .findFirst();
        assertThat(opened).contains(
                new Effect.OpenModel(1, new StreamSettings("leo", new StreamSettings.Inference(2048, 0.5, 1),
                        StreamSettings.Sensitivity.HIGH, List.of(Script.OPTIONS.tools().getLast()))));
        script.expectPhase(Phase.THINKING);
        script.browser("audioStart").expect("[\"audioReady\"]");
        script.browser("startNewChat").expect("1 <- close").expectPhase(Phase.INITIALISED);
        script.browser("audioStart")
                .expect("open 2 leo [note]", "2 <- prompt You are Cy.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]");
    }

    @Test
    void letsTheAssistantSpeakFirst() {
        script.browserAsks("initializeConnection")
                .browser("promptStart")
                .browser("systemPrompt", "\"Greet.\"")
                .browser("audioStart")
                .skip();
        script.browser("textInput", "{\"content\":\"hi\"}")
                .expect("1 <- text hi", "[\"state\",{\"state\":\"thinking\"}]")
                .expectPhase(Phase.THINKING);
    }

    @Test
    void opensTheStreamForTypedTextAndAddsTheMicrophoneLater() {
        script.browser("initializeConnection").expect("wake PT5M");
        script.browser("textInput", "{\"content\":\"hi\"}")
                .expect("open 1 amy [time, note]", "1 <- prompt Be brief.", "1 <- text hi",
                        "[\"state\",{\"state\":\"thinking\"}]");
        script.audio(1).expectNothing();
        script.browser("audioStart").expect("1 <- audio [1, 0]", "[\"audioReady\"]");
        script.audio(2).expect("1 <- audio [2, 0]");
    }

    @Test
    void replaysAudioThatCameBeforeAudioStart() {
        script.browser("promptStart").skip().audio(1).audio(2).expectNothing();
        script.browser("audioStart")
                .expect("open 1 amy [time, note]", "1 <- prompt Be brief.", "1 <- audio [1, 0]",
                        "1 <- audio [2, 0]", "[\"audioReady\"]", "[\"state\",{\"state\":\"listening\"}]");
    }

    @Test
    void toleratesResumptionAndForeignEvents() {
        script.browser("conversationResumption").browser("myOwnEvent", "{\"a\":1}").expectNothing();
        script.browserAsks("myOwnEvent").expect("ack [{\"success\":true}]").expectPhase(Phase.IDLE);
    }

    @Test
    void confirmsAVoiceAndUsesItForTheNextStream() {
        script.browser("voiceConfig", "{\"voiceId\":\"leo\"}")
                .expect("[\"voiceConfigConfirmed\",{\"voiceId\":\"leo\"}]");
        script.browser("audioStart")
                .expect("open 1 leo [time, note]", "1 <- prompt Be brief.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]", "wake PT5M");
        script.browser("voiceConfig", "{\"voiceId\":\"amy\"}")
                .expect("[\"voiceConfigConfirmed\",{\"voiceId\":\"amy\"}]");
        script.browser("startNewChat")
                .browser("audioStart")
                .expect("1 <- close", "open 2 amy [time, note]", "2 <- prompt Be brief.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]");
    }

    @Test
    void givesAFrontEndThatNamesAForeignVoiceTheDefaultOne() {
        script.browser("promptStart", "{\"voiceId\":\"tiffany\"}")
                .browser("audioStart")
                .expect("wake PT5M", "open 1 amy [time, note]", "1 <- prompt Be brief.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]");
    }

    @Test
    void doesNotMindTheSameSettingsSentTwice() {
        script.browser("promptStart", "{\"voiceId\":\"amy\"}")
                .browser("systemPrompt", "\"X\"")
                .browser("audioStart")
                .skip();
        script.browser("promptStart", "{\"voiceId\":\"amy\"}")
                .browser("promptStart")
                .browser("systemPrompt", "\"X\"")
                .expectNothing();
        script.browser("audioStart").expect("[\"audioReady\"]");
    }

    @Test
    void opensWithoutAPromptWhenThereIsNone() {
        var bare = new Script(Script.OPTIONS.withSystemPrompt("").withInactivity(Duration.ofMinutes(1)));
        bare.browser("audioStart")
                .expect("open 1 amy [time, note]", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]", "wake PT1M");
        bare.assertExhausted();
    }
}
