package dev.parley.speech.synthesis.normal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.dialogue.Dialogue;
import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenTextTest {

    /** Measures the work: time also passes while a busy machine runs something else. */
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    private static final List<String> PIECES = List.of("1", "9,", "1-", "1/", "1.", "1:", " 1 ", "$", "$1",
            "a", "A", "A.", "a.", "a@", "x-", "https://", "/a", "(", "[", "](", "*", "_", "`", "~", "<", "|",
            "\\", "#", "'", "\"", "!", "\n", "w/", "\uD83D\uDE00", "\u00bd", "-", "\u2013", "Jan ", "10:30 ",
            "5 km ", "\uD83D", "é");

    static Stream<Arguments> vectors() {
        try (var file = SpokenTextTest.class.getResourceAsStream("/vectors/spoken-text.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.contains("\t"))
                    .map(line -> Arguments.of((Object[]) line.split("\t", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"```java/int x = 1;/```|Here is the code.",
            "```java int x = 1; int y = 2; int z = 3; ```|Here is the code.",
            "Look:/```/x = 1/```/Good.|Look: Here is the code. Good.",
            "~~~/a()/~~~/~~~/b()/~~~|Here is the code.", "Then this. ```/b()/``` ```/c()/```|Then this.",
            "```python/print(1)|Here is the code.", "Use ```npm test``` now.|Use npm test now.",
            "```getUserName()``` is it.|get user name is it.", "```//```|''", "```js|''", "```js/```|''"})
    void blocksOfCodeAreNotRead(String written, String spoken) {
        assertThat(SpokenText.of(written.replace('/', '\n'))).isEqualTo(spoken);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void saysTheWrittenForm(String written, String spoken) {
        assertThat(SpokenText.of(written)).isEqualTo(spoken);
    }

    @Test
    void vectorsAreSeveralHundredAndOneOfAKind() {
        assertThat(vectors().map(row -> row.get()[0])).hasSizeGreaterThan(400).doesNotHaveDuplicates();
    }

    /** A speakable text stays as it is, so that it may pass twice. */
    @ParameterizedTest
    @ValueSource(strings = {"It is ten thirty in the morning.", "Nice to meet you, Anna.",
            "Is it well-known? Yes!", "He said: wait, please.", "I am a program."})
    void leavesWordsAlone(String words) {
        assertThat(SpokenText.of(words)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyTextGivesWordsWithoutDigits(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(40); piece > 0; piece--) {
                text.append(random.nextBoolean() ? PIECES.get(random.nextInt(PIECES.size()))
                        : Character.toString(random.nextInt(random.nextBoolean() ? 128 : 0x11000)));
            }
            assertThat(SpokenText.of(text.toString())).as("seed %d: %s", seed, text)
                    .doesNotContainPattern("[0-9]")
                    .hasSizeLessThan(100 + 30 * text.length());
        }
    }

    @Test
    void longHostileTextsTakeBoundedTime() {
        for (var piece : PIECES) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
                long before = PROCESSOR.getCurrentThreadCpuTime();
                assertThat(SpokenText.of(piece.repeat(200_000)).length()).as(piece)
                        .isLessThan(20 * SpokenText.MAX_LENGTH);
                assertThat(Duration.ofNanos(PROCESSOR.getCurrentThreadCpuTime() - before)).as(piece)
                        .isLessThan(Duration.ofSeconds(5));
            });
        }
    }

    @Test
    void textBeyondTheLimitIsNotSaid() {
        assertThat(SpokenText.of("word ".repeat(1000))).endsWith("word")
                .hasSizeLessThanOrEqualTo(SpokenText.MAX_LENGTH);
    }

    /** The dialogue understands the words of each number as that number. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void numberWordsAreUnderstoodAsTheNumber(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            readsBack(String.format(Locale.ROOT, "%,d",
                    random.nextLong(1_000_000_000_000_000L) >> random.nextInt(50)));
            readsBack(random.nextInt(100_000) + "." + (1 + random.nextInt(9999)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000})
    void everySmallNumberIsUnderstoodAsTheNumber(int from) {
        for (int number = from; number < from + 1000; number++) {
            readsBack(String.format(Locale.ROOT, "%,d", number));
        }
    }

    private static void readsBack(String number) {
        var dialogue = new Dialogue(List.of(new ToolSpec("calculate", "", "{}")));
        assertThat(dialogue.user("What is " + SpokenText.of(number) + " plus 1?")).as(number)
                .isEqualTo(new Reply.Call("tool-1", "calculate",
                        "{\"expression\":\"" + number.replace(",", "") + " + 1\"}"));
    }
}
