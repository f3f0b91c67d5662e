package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedSkillTest {

    private static final String SUM = "What is 2 plus 2?";
    private static final String FOUR = "2 + 2 is 4.";

    private final DialogueScript talk = new DialogueScript();

    @ParameterizedTest
    @ValueSource(strings = {"Slower.", "slower please", "Can you speak a bit slower?",
            "Please talk more slowly.", "Slow down.", "Slow down a little, please.",
            "Could you say that again more slowly?", "Repeat that slower.", "You are speaking too fast.",
            "That was too fast for me.", "Not so fast!", "Sorry, slower, I can't follow.", "say it slowly",
            "You talk too fast.", "A little slower from now on.", "You are a bit fast.",
            "That was a little quick.", "You speak fast.", "Don't speak so fast.",
            "Why do you talk so quickly?", "You are too fast."})
    void slowerRepeatsTheAnswerMoreSlowly(String said) {
        talk.say(SUM);
        assertThat(talk.say(said)).isEqualTo(FOUR);
        assertThat(talk.dialogue.speed()).isEqualTo(0.85);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Faster.", "Speak faster, please.", "Can you talk a little faster?", "Speed up.",
            "You are too slow.", "You speak too slowly.", "Talk more quickly.", "Not so slow.",
            "You talk a bit slow.", "You speak slowly.", "You are a little slow."})
    void fasterIsConfirmed(String said) {
        talk.say(SUM);
        assertThat(talk.say(said)).isEqualTo("Okay, I will speak faster.");
        assertThat(talk.dialogue.speed()).isEqualTo(1.15);
        assertThat(talk.say("Repeat that.")).isEqualTo(FOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Normal speed.", "Back to normal speed, please.", "Speak normally.",
            "Speak at your usual pace again.", "Use the normal speed."})
    void normalSpeedReturns(String said) {
        talk.say(SUM);
        talk.say("Slower.");
        talk.say(said);
        assertThat(talk.dialogue.speed()).isEqualTo(1);
    }

    @Test
    void speedStaysWithinItsLimits() {
        talk.say(SUM);
        assertThat(List.of(talk.say("Slower."), talk.say("Even slower."), talk.say("Slower.")))
                .containsExactly(FOUR, FOUR, "This is as slow as I can speak.");
        assertThat(talk.dialogue.speed()).isEqualTo(0.7);
        for (int i = 0; i < 6; i++) {
            talk.say("Faster.");
        }
        assertThat(talk.dialogue.speed()).isEqualTo(1.3);
    }

    @Test
    void slowerBeforeAnyAnswerIsConfirmed() {
        assertThat(talk.say("Slower.")).isEqualTo("Okay, I will speak slower.");
    }

    @Test
    void speedStaysForTheNextAnswer() {
        talk.say("Slower.");
        talk.say(SUM);
        assertThat(talk.dialogue.speed()).isEqualTo(0.85);
    }

    @Test
    void requestBesideTheSpeedIsAnswered() {
        talk.say(SUM);
        assertThat(talk.say("Speak slower. What time is it in Tokyo?")).isEqualTo("In Tokyo, it is 3:05 pm.");
        assertThat(talk.dialogue.speed()).isEqualTo(0.85);
        assertThat(talk.say("Repeat that.")).isEqualTo("In Tokyo, it is 3:05 pm.");
        assertThat(talk.say("Speak slower. Thank you.")).isEqualTo("In Tokyo, it is 3:05 pm.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Slower, please.", "Faster.", "Normal speed.", "Pardon?", "..."})
    void questionStaysOpen(String said) {
        talk.say("Set a timer.");
        talk.say(said);
        assertThat(talk.say("Five minutes.")).isEqualTo("Okay. 5 minutes, starting now.");
    }

    @Test
    void retractedRequestLeavesTheSpeed() {
        talk.say("Slower.");
        talk.dialogue.retract();
        assertThat(talk.dialogue.speed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            You are so slow.              | .*orry.*
            You are very fast.            | Thank you.*
            That was quick.               | .*
            It is a little slow.          | .*
            Fast.                         | .*
            Slow.                         | .*
            How fast is the speed limit?  | .*
            Is my clock slow?             | .*
            """)
    void remarksAboutSpeedChangeNothing(String said, String reply) {
        talk.say(SUM);
        assertThat(talk.say(said)).matches(reply);
        assertThat(talk.dialogue.speed()).isEqualTo(1);
    }
}
