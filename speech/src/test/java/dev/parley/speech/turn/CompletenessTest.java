package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessTest {

    @ParameterizedTest
    @ValueSource(strings = {"Set a timer for.", "Set a timer for", "What is the weather in.",
            "Tell me about the.", "I would like to.", "What is five plus.", "What's seven times.",
            "Set a timer for ten.", "Remind me to buy milk and.", "Book an appointment on.",
            "What is the capital of.", "I think, um.", "Remind me,", "Add milk, and", "What is.", "Can you.",
            "Convert ten.", "The distance between London.", "If I add five and six.", "How many.", "Tell me.",
            "Well.", "My name is.", "What is the distance from Paris to.", "I'm looking for a",
            "Is it going to...", "What time is it in"})
    void wordsCallForMore(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"What time is it?", "What time is it in Paris?", "Set a timer for ten minutes.",
            "What is seven times eight?", "What is five plus six.", "Tell me a joke about cats.", "Yes.",
            "No, thank you.", "Hello.", "Stop.", "Where are you from?", "Tell me what time it is.",
            "Yes, I am.", "Turn it on.", "Thank you very much.", "How are you?",
            "What is the difference between cats and dogs?", "Convert ten miles to kilometers.", "Go on.",
            "What is that for?", "Book an appointment on Monday at ten.", "Why?", "When is Easter?",
            "Is it raining?", "If I add five and six what do I get?", "Repeat that.",
            "Remind me in ten minutes."})
    void sentenceIsWhole(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""
            What time is it
            In Paris.
            The weather today.
            Tomorrow morning
            """)
    void wordsCouldGoOn(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.OPEN);
    }
}
