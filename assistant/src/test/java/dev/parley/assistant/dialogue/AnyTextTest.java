package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text gets a reply of bounded length. */
class AnyTextTest {
    /** Measures the work: time also passes while a busy machine runs something else. */
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    private static final List<String> WORDS = List.of("what", "time", "is", "it", "in", "tokyo", "set", "a",
            "timer", "for", "ten", "seconds", "remember", "that", "my", "car", "how", "many", "feet", "are",
            "mile", "plus", "times", "seventeen", "hundred", "and", "point", "minus", "percent", "of", "the",
            "square", "root", "forget", "cancel", "all", "notes", "tell", "me", "you", "stupid", "hello",
            "99999999999999999999", "1.5", "half", "convert", "to", "degrees", "remind", "about", "weather",
            "play", ",", ".", "?", "(", ")", "^", "-", "million", "trillion", "day", "date", "tomorrow",
            "not", "do", "please", "what's", "can't", "i'm", "%", "\u00b0", "x");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void alwaysRepliesWithinBounds(long seed) {
        var random = new Random(seed);
        var talk = new DialogueScript();
        for (int i = 0; i < 500; i++) {
            var text = random.nextBoolean() ? words(random) : characters(random);
            var said = talk.say(text);
            assertThat(said.length()).as("seed %d: %s", seed, text).isBetween(1, Dialogue.MAX_REPLY);
            talk.dialogue.notice(text);
            talk.dialogue.systemPrompt(text);
            talk.dialogue.toolResult(text, text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a ", "what time is it in ", "the timer for the ", "1 ", "one ", "and ",
            "remember ", "(", "hello ", "set set ", "9", "you are a ", "minus ", "how many feet ", "tell me ",
            "x", "please, ", "million "})
    void longTextsAreAnsweredFast(String piece) {
        for (int count : new int[]{20, 150, 20_000}) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                long before = PROCESSOR.getCurrentThreadCpuTime();
                assertThat(new DialogueScript().say(piece.repeat(count / piece.length() + 1))).isNotEmpty();
                assertThat(Duration.ofNanos(PROCESSOR.getCurrentThreadCpuTime() - before))
                        .isLessThan(Duration.ofSeconds(5));
            });
        }
    }

    private static String words(Random random) {
        var words = new ArrayList<String>();
        random.ints(random.nextInt(14), 0, WORDS.size()).forEach(i -> words.add(WORDS.get(i)));
        return String.join(" ", words);
    }

    private static String characters(Random random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(200), 0, random.nextBoolean() ? 128 : 0x11000)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
