package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Audio;
import dev.parley.voice.ModelEvent.Ended;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.UserText;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests stop, disconnection, failure and inactivity. */
final class EndingsTest {

    private static final String CLOSED = "[\"sessionClosed\"]";
    private static final String INACTIVE = "[\"error\",{\"message\":\"The conversation was closed because nothing happened for "
            + "5 minutes. Start again to go on.\",\"details\":{\"kind\":\"INACTIVE\",\"retry\":true,\"ended\":true}}]";

    @ParameterizedTest
    @EnumSource(Phase.class)
    void cleansUpFromEveryPhaseAndThenIsSilent(Phase phase) {
        var script = in(phase);
        var live = phase.live();
        script.feed(new Input.Disconnected("transport close"));
        var expected = new ArrayList<String>();
        if (live) {
            expected.add("1 <- close");
        }
        if (phase != Phase.GONE) {
            expected.add("ended transport close");
        }
        script.expect(expected.toArray(String[]::new)).expectPhase(Phase.GONE);
        script.feed(new Input.Disconnected("again"))
                .browserAsks("initializeConnection")
                .audio(1)
                .browser("audioStart")
                .model(1, new Audio("a", Script.pcm(1)))
                .model(1, new Ended())
                .after(Duration.ofHours(1))
                .tick()
                .expectNothing()
                .expectPhase(Phase.GONE);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void canStartANewChatFromEveryPhaseOfALiveSocket(Phase phase) {
        var script = in(phase);
        script.browser("startNewChat").skip();
        script.expectPhase(phase == Phase.GONE ? Phase.GONE : Phase.INITIALISED);
        assertThat(script.conversation.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IDLE,CLOSED", "INITIALISED,CLOSED", "PROMPTED,CLOSED", "CLOSED,CLOSED"})
    void confirmsAStopAtOnceWhenNoStreamIsOpen(Phase from, Phase to) {
        in(from).browser("stopAudio").expect(CLOSED).expectPhase(to);
    }

    @Test
    void doesNotReplayTheAudioOfAnEarlierChat() {
        var script = new Script().browser("promptStart")
                .audio(1)
                .browser("startNewChat")
                .browser("audioStart");
        assertThat(script.taken()).noneMatch(line -> line.contains("audio ["));
        script.browser("startNewChat")
                .browser("textInput", "{\"content\":\"hi\"}")
                .audio(2)
                .browser("stopAudio")
                .browser("audioStart");
        assertThat(script.taken()).noneMatch(line -> line.contains("audio ["));
    }

    @Test
    void waitsForTheModelToCloseAndDropsWhatItStillSays() {
        var script = Script.speaking().browser("stopAudio").expect("1 <- close", "wake PT3S");
        script.model(1, new Audio("a1", Script.pcm(1)))
                .model(1, new UserText("u", "late"))
                .audio(1)
                .browser("stopAudio")
                .expectNothing()
                .tick()
                .expect("wake PT3S") // again: the tick came too early
                .expectPhase(Phase.CLOSING);
        script.model(1, new Failed(Failed.Kind.FATAL, "x")).expect(CLOSED).expectPhase(Phase.CLOSED);
        script.model(1, new Ended()).expectNothing();
    }

    @Test
    void confirmsAStopAfterThreeSecondsWhateverTheModelDoes() {
        var script = Script.listening().browser("stopAudio").skip();
        script.after(Duration.ofSeconds(3)).tick().expect(CLOSED).expectPhase(Phase.CLOSED);
    }

    @Test
    void startsAgainWhileTheOldStreamStillCloses() {
        var script = Script.listening().browser("stopAudio").skip();
        script.browser("audioStart")
                .expect(CLOSED, "open 2 amy [time, note]", "2 <- prompt Be brief.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]");
        script.model(1, new UserText("u", "late"))
                .model(1, new Ended())
                .expectNothing()
                .expectPhase(Phase.LISTENING);
    }

    @Test
    void stopsTheMicrophoneOnlyWhenTheModelEndedByItself() {
        Script.speaking().model(1, new Ended()).expect("[\"streamComplete\"]").expectPhase(Phase.CLOSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RECOVERABLE | The model lost its way. | The model lost its way. Start again to go on. | true
            BUSY        | All lines are in use.   | All lines are in use. Try again in a moment.  | true
            FATAL       | The key is not valid.   | The key is not valid.                         | false
            RECOVERABLE | ''                      | The speech model failed. Start again to go on. | true
            """)
    void tellsAFailureAndCanStartAgain(Failed.Kind kind, String message, String told, boolean retry) {
        var script = Script.speaking().model(1, new Failed(kind, message));
        script.expect("[\"error\",{\"message\":\"" + told + "\",\"details\":{\"kind\":\"" + kind
                + "\",\"retry\":" + retry + ",\"ended\":true}}]", CLOSED).expectPhase(Phase.CLOSED);
        script.audio(1).model(1, new Audio("a1", Script.pcm(1))).expectNothing();
        script.browser("audioStart")
                .expect("open 2 amy [time, note]", "2 <- prompt Be brief.", "[\"audioReady\"]",
                        "[\"state\",{\"state\":\"listening\"}]")
                .expectPhase(Phase.LISTENING);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void closesAConversationInWhichNothingHappensForFiveMinutes(Phase phase) {
        var script = in(phase).after(Duration.ofMinutes(5)).tick();
        if (!phase.session()) {
            assertThat(script.taken()).doesNotContain(INACTIVE);
            return;
        }
        script.expect(
                phase.live() ? new String[]{"1 <- close", INACTIVE, CLOSED} : new String[]{INACTIVE, CLOSED})
                .expectPhase(Phase.CLOSED);
        script.browser("audioStart").skip().expectPhase(Phase.LISTENING);
    }

    @Test
    void wordsKeepAConversationOpenAndOneWakeIsEnough() {
        var script = Script.listening();
        script.after(Duration.ofMinutes(4)).model(1, new UserText("u", "hm")).skip();
        script.after(Duration.ofMinutes(1)).tick().expect("wake PT9M").expectPhase(Phase.THINKING);
        script.after(Duration.ofMinutes(3)).browser("textInput", "{\"content\":\"hello\"}").skip();
        script.after(Duration.ofMinutes(1)).tick().expect("wake PT13M");
        script.after(Duration.ofMinutes(4)).tick();
        assertThat(script.taken()).containsExactly("1 <- close", INACTIVE, CLOSED);
    }

    @Test
    void eventsWithoutWordsDoNotKeepAConversationOpen() {
        var script = Script.listening();
        script.after(Duration.ofMinutes(4))
                .audio(1)
                .browser("audioStart")
                .browser("conversationResumption")
                .browser("initializeConnection")
                .browser("promptStart")
                .browser("noSuchEvent")
                .model(1, new ModelEvent.Usage(100, 0, 0, 0))
                .skip();

        script.after(Duration.ofMinutes(1)).tick();

        assertThat(script.taken()).containsExactly("1 <- close", INACTIVE, CLOSED);
    }

    @Test
    void longestConversationIsAnnouncedAndEnds() {
        var script = Script.listening();
        for (int minute = 1; minute < 59; minute++) {
            script.after(Duration.ofMinutes(1)).model(1, new UserText("u" + minute, "hm")).tick().skip();
        }

        script.after(Duration.ofMinutes(1)).tick();
        assertThat(script.taken()).containsExactly("1 <- notice This conversation ends in one minute.",
                "wake PT1H");
        script.after(Duration.ofMinutes(1)).tick();

        assertThat(script.taken()).hasSize(3).first().isEqualTo("1 <- close");
        script.expectPhase(Phase.CLOSED);
        script.browser("audioStart").skip().expectPhase(Phase.LISTENING);
        script.after(Duration.ofMinutes(4)).tick().expectPhase(Phase.LISTENING);
    }

    @Test
    void aTickTooEarlyRequestsItsWakeAgain() { // the wall clock was set back
        Script.listening().after(Duration.ofSeconds(1)).tick().expect("wake PT5M").tick().expect("wake PT5M");
    }

    private static Script in(Phase phase) {
        var script = switch (phase) {
            case IDLE -> new Script();
            case INITIALISED -> new Script().browser("initializeConnection");
            case PROMPTED -> new Script().browser("promptStart").audio(1);
            case LISTENING -> Script.listening();
            case THINKING -> Script.listening().model(1, new UserText("u", "hello"));
            case SPEAKING -> Script.speaking();
            case CLOSING -> Script.listening().browser("stopAudio");
            case CLOSED -> Script.listening().model(1, new Ended());
            case GONE -> Script.listening().feed(new Input.Disconnected("gone"));
        };
        return script.skip().expectPhase(phase);
    }
}
