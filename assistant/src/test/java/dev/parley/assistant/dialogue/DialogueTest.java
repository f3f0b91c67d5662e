package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole exchanges with the real tools at a fixed time: five past seven on a Monday morning in Paris. */
class DialogueTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What time is it? | It is 7:05 am.
            What time is it in Tokyo? | In Tokyo, it is 3:05 pm.
            What time is it in Honolulu? | In Honolulu, it is 8:05 pm, on Sunday.
            What time is it in Narnia? | Sorry. I do not know a place called Narnia.
            What time is it in Tokyo? What is seventeen times twenty three? Remember that my car is on level three. | In Tokyo, it is 3:05 pm. 17 × 23 is 391. Okay, I will remember: your car is on level three.
            What is 6 times 7 and tell me the time. | 6 × 7 is 42. It is 7:05 am.
            Set a timer for ten seconds. What time is it in Narnia? | Okay. 10 seconds, starting now. Sorry. I do not know a place called Narnia.
            Remember to buy milk. What time is it? / What did I ask you to remember? | You asked me to remember: to buy milk.
            What is the time? In Tokyo? | In Tokyo, it is 3:05 pm.
            What time is it in Tokyo? / And in London? | In London, it is 6:05 am.
            What is the date? / What about New York? | In New York, today is Monday, November 23, 2026.
            What day is it? | Today is Monday.
            What's the date to-morrow? | Tomorrow is Tuesday, November 24, 2026.
            What year is it? | It is 2026.
            What is seventeen times twenty three? | 17 × 23 is 391.
            What is ten divided by three? | 10 ÷ 3 is about 3.33.
            Stop, what is 6 times 7? | 6 × 7 is 42.
            Wait, what is 6 times 7? | 6 × 7 is 42.
            Hold on, what is 6 times 7? | 6 × 7 is 42.
            What is 5 divided by 0? | Sorry. Nothing can be divided by zero.
            What is 15% of 80? | 15% of 80 is 12.
            Subtract four from twenty. | The answer is 16.
            What is 6 times 7? / And divide that by two. | The answer is 21.
            What is 6 times 7? / plus eight | The answer is 50.
            How many kilometers are in five miles? | 5 miles is about 8.05 kilometers.
            How many kilometers were there in five miles? | 5 miles is about 8.05 kilometers.
            How many feet are in a yard? | 1 yard is 3 feet.
            Convert 5 miles to kilometers. / And in feet? | 5 miles is 26,400 feet.
            What is 100 degrees Fahrenheit in Celsius? | 100 degrees Fahrenheit is about 37.78 degrees Celsius.
            How many kilograms are in 5 meters? | Sorry. I cannot convert meters to kilograms: one is a length, the other is a weight.
            Set a timer for ten seconds. | Okay. 10 seconds, starting now.
            Set a timer. / Ten seconds. | Okay. 10 seconds, starting now.
            Set a timer. | For how long?
            Remind me in ten minutes to call mum. | Okay. I will remind you in 10 minutes: call mum.
            Set a timer for 90 seconds. / How much time is left? | There is one timer, with 1 minute and 30 seconds left.
            Set a timer for 90 seconds. / Cancel the timer. | Okay. The timer is cancelled.
            Cancel the timer. | Sorry. There is no timer running.
            Set a timer for seven am. | Okay. The alarm is set for 7:00 am tomorrow.
            Set a timer for 100 hours. | Sorry. I can only time up to 24 hours.
            Set a timer for 5 minutes. / Add two minutes to the timer. | Sorry, I cannot help with that.
            Set a ten minute egg timer. | Okay. 10 minutes for egg, starting now.
            Remember that my car is on level three. | Okay, I will remember: your car is on level three.
            Remember that my car is on level three. / What did I ask you to remember? | You asked me to remember: your car is on level three.
            Remember that my car is on level three. / Where is my car? | You asked me to remember: your car is on level three.
            Remember my car is on level three. / Remember to buy milk. / Read my notes. | You asked me to remember 2 things. Your car is on level three. To buy milk.
            Remember this. / The code is blue. | I have noted: The code is blue.
            What do you remember? | You have not asked me to remember anything yet.
            Remember that my car is on level three. / Forget that. | Okay, I have forgotten it.
            Where is my dog? | I have no note about your dog.
            Hello. | Hello. How can I help?
            Hello. / Repeat that. | Hello. How can I help?
            My name is Anna. / What's my name? | Your name is Anna.
            Stop. | Okay.
            What's the weather in Paris? | I cannot check the weather here.
            I had a great time in Tokyo. | Sorry, I cannot help with that.
            Hello. / All circuits are busy now. | Sorry, I cannot help with that.
            I had a great time in Tokyo. / All circuits are busy now. | I did not understand that.
            ... / ... | Could you say that again?
            Cancel the timer. / Cancel the timer. | It is still the same: There is no timer running.
            What time is it in Narnia? What time is it in Mordor? | Sorry. I do not know a place called Narnia. I do not know a place called Mordor.
            What time is it in Narnia? What time is it in Narnia? | Sorry. I do not know a place called Narnia.
            ... | Sorry, I did not catch that.
            """)
    void answers(String said, String answer) {
        assertThat(DialogueScript.last(List.of(said.split(" / ", -1)))).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hi there! | Hello
            Good morning. | Hello
            Hello, how are you today? | fine
            How's it going? | fine
            Who are you? | I am Parley
            What's your name? | I am Parley
            Are you a robot? | program
            Who made you? | cloud
            Thank you very much. | welcome
            Okay, thanks for your help. | welcome
            Goodbye. | Goodbye
            Bye bye, see you later. | Goodbye
            Tell me a joke. | timer
            Do you know any jokes? | clock
            What can you do? | I can tell
            Help. | I can tell
            Can you help me? | I can tell
            You are so stupid. | sorry
            You're really helpful. | Thank you
            Good job! | Thank you
            I love you. | program
            Can you hear me? | hear you
            Testing, one, two, three. | hear you
            I'm sad. | sorry
            Sorry. | No problem
            Yes, please. | All right
            No, thanks. | All right
            Play some music. | I cannot play music
            What's the weather like? | I cannot check the weather here
            Call my mum. | I cannot call
            Turn on the lights. | I cannot control
            Translate hello into French. | I only speak English
            Hello. My name is Bob. | Nice to meet you, Bob
            Thank you. Goodbye. | Goodbye
            """)
    void makesSmallTalk(String said, String part) {
        assertThat(DialogueScript.last(List.of(said))).contains(part);
    }

    @Test
    void wordingsAlternateAndAreReproducible() {
        assertThat(DialogueScript.last(List.of("hello", "hello")))
                .isNotEqualTo(DialogueScript.last(List.of("hello")))
                .isEqualTo(DialogueScript.last(List.of("hello", "hello")));
    }

    @Test
    void twoGoodbyesGetBothWordings() {
        assertThat(List.of(DialogueScript.last(List.of("goodbye")),
                DialogueScript.last(List.of("goodbye", "goodbye"))))
                .containsExactlyInAnyOrder("Goodbye. Have a nice day.", "Goodbye. Talk to you soon.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            You are Ada, a friendly helper. | Ada
            You're Ada. | Ada
            Your name is Ada Lovelace and you like numbers. | Ada Lovelace
            You are a friendly assistant named Max. Be brief. | Max
            You are a helpful assistant. | Parley
            You are The assistant. | Parley
            Be kind. | Parley
            """)
    void takesItsNameFromThePrompt(String prompt, String name) {
        var talk = new DialogueScript();
        talk.dialogue.systemPrompt(prompt);

        assertThat(talk.say("Who are you?")).startsWith("I am " + name + ",");
        assertThat(talk.dialogue.greeting()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            You are Ada. Greet the user with: Welcome aboard! | Welcome aboard!
            greeting: Hello from Ada. | Hello from Ada.
            Greet them with "Good day, I am Ada." Be brief. | Good day, I am Ada.
            Greeting: "Hi!" | Hi!
            """)
    void greetsOnlyIfThePromptSetsAGreeting(String prompt, String greeting) {
        var talk = new DialogueScript();
        talk.dialogue.systemPrompt(prompt);

        assertThat(talk.dialogue.greeting()).contains(new Reply.Say(greeting));
    }

    @Test
    void callsOnlyTheToolsItWasGiven() {
        var dialogue = new Dialogue(List.of(new ToolSpec("calculate", "", "{}")));

        assertThat(dialogue.user("What time is it?"))
                .isEqualTo(new Reply.Say("I cannot tell the time here."));
        assertThat(dialogue.user("What is 2 plus 2?"))
                .isEqualTo(new Reply.Call("tool-1", "calculate", "{\"expression\":\"2 + 2\"}"));
        assertThat(new Dialogue(List.of()).user("Help.")).asString().contains("I can only chat a little.");
    }

    @Test
    void fallbackIsShortAndNeverTheSameTwiceInARow() {
        var talk = new DialogueScript();
        var last = "";
        for (int i = 0; i < 12; i++) {
            var said = talk.say("All circuits are busy now.");
            assertThat(said).isNotEqualTo(last).hasSizeLessThan(40).doesNotContain("circuits", "timers");
            last = said;
        }
    }

    @Test
    void failureBeginsWithOneSorry() {
        var dialogue = new Dialogue(List.of(new ToolSpec("get_time", "", "{}")));
        var call = (Reply.Call) dialogue.user("What time is it?");

        assertThat(dialogue.toolResult(call.toolUseId(),
                "{\"error\":\"Sorry, I'm sorry, but the clock stands.\"}"))
                .isEqualTo(new Reply.Say("Sorry. The clock stands."));
    }

    @Test
    void noticeOfATimerIsSaid() {
        assertThat(new DialogueScript().dialogue.notice("Your timer for 10 seconds has ended."))
                .isEqualTo(new Reply.Say("Your timer for 10 seconds has ended."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"result\":7}", "nonsense", "{\"error\":\"\"}",
            "{\"time\":\"99:99\",\"date\":\"x\"}"})
    void survivesAnyToolResult(String json) {
        for (var said : List.of("What time is it?", "What is 2 plus 2?", "How many feet in a yard?",
                "Set a timer for a minute.", "List my timers.", "Cancel the timer.", "Remember to rest.",
                "Read my notes.", "Forget everything.")) {
            var dialogue = new DialogueScript().dialogue;
            var call = (Reply.Call) dialogue.user(said);
            assertThat(((Reply.Say) dialogue.toolResult(call.toolUseId(), json)).text()).isNotEmpty();
        }
    }

    @Test
    void resultOfAnUnknownCallIsIgnored() {
        var dialogue = new DialogueScript().dialogue;
        var first = (Reply.Call) dialogue.user("What time is it?");
        for (int i = 0; i < Dialogue.MAX_PENDING; i++) {
            dialogue.user("What time is it?");
        }

        assertThat(dialogue.toolResult("unknown", "{}")).isEqualTo(new Reply.Say(""));
        assertThat(dialogue.toolResult(first.toolUseId(), "{}")).isEqualTo(new Reply.Say(""));
    }

    @Test
    void lateResultIsNotInTheNewAnswer() {
        var dialogue = new Dialogue(List.of(new ToolSpec("get_time", "", "{}")));
        var first = (Reply.Call) dialogue.user("What time is it in Tokyo? What time is it in London?");
        var second = (Reply.Call) dialogue.user("What time is it in Paris?");

        dialogue.toolResult(first.toolUseId(), "{\"error\":\"Late.\"}");

        assertThat(dialogue.toolResult(second.toolUseId(), "{\"error\":\"None.\"}"))
                .isEqualTo(new Reply.Say("Sorry. None."));
    }
}
