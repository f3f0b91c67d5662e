package dev.parley.speech.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.SpeechRecognizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoicesIT {

    private static final String TEXT = "Your order will arrive on Friday morning before ten o'clock.";

    /** As many as speak at once: on a busy machine, a sentence that waits for an instance could wait longer than it may. */
    private static final int AT_ONCE = 4;

    private static SpeechRecognizer recognizer;
    private static Voices voices;

    @BeforeAll
    static void load() {
        recognizer = SpeechRecognizer.load(Path.of(System.getProperty("parley.models")));
        voices = Voices.find("kal", AT_ONCE);
    }

    @AfterAll
    static void close() {
        voices.close();
        recognizer.close();
    }

    @Test
    void speakWordsThatAreHeardAgain() {
        assertThat(voices.all()).extracting(Speaker::id).contains("kal");
        for (Speaker speaker : voices.all()) {
            Sound sound = speaker.say(TEXT, () -> false).orElseThrow();
            String heard = recognizer
                    .transcribe(Arrays.copyOf(sound.samples(), sound.samples().length + 4_000), sound.rate());
            assertThat(heard).as(speaker.id())
                    .containsIgnoringCase("order will arrive")
                    .containsIgnoringCase("Friday morning");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "The train leaves at 10:30 am. It costs $5.50.; .*(?:ten.?thirty|10.?30) ?a.?m.*(?:five dollars and fifty cents|5.50).*",
            "Please open the HTTP API at example.com now.; .*open the http api at example(?: dot |.)com now.*",
            "Today is Monday, November 23, 2026.; .*monday,? november.*(?:six|2026).*"})
    void speakTheWrittenFormAsWordsThatAreHeardAgain(String written, String words) {
        for (Speaker speaker : voices.all()) {
            Sound sound = speaker.say(written, () -> false).orElseThrow();
            String heard = recognizer
                    .transcribe(Arrays.copyOf(sound.samples(), sound.samples().length + 4_000), sound.rate());
            assertThat(heard.toLowerCase(Locale.ROOT)).as(speaker.id()).matches(words);
        }
    }

    @Test
    void chooseTheDefaultVoice() {
        assertThat(voices.speaker("no such voice").id()).isEqualTo("kal");
        assertThat(voices.speaker("kal").label()).isEqualTo("Kal (male, robotic)");
    }

    @Test
    void stopWithinTwentyMillisecondsOfSpeechWhenUnwanted() {
        var asked = new AtomicInteger();
        assertThat(voices.speaker("kal").say(TEXT, () -> asked.incrementAndGet() == 3)).isEmpty();
        assertThat(asked).hasValue(3);
        assertThat(voices.speaker("kal").say(TEXT, () -> false)).as("the next sentence").isPresent();
    }

    @Test
    void speakLongerOrShorterByTheFactorOfTheSpeed() {
        for (Speaker speaker : voices.all()) {
            double normal = length(speaker, 1);
            for (double speed : new double[]{0.7, 0.85, 1.15, 1.3}) {
                assertThat(length(speaker, speed) * speed / normal).as("%s at %s", speaker.id(), speed)
                        .isBetween(0.95, 1.05);
            }
            assertThat(length(speaker, 1)).as(speaker.id() + " at normal speed again").isEqualTo(normal);
        }
    }

    private static double length(Speaker speaker, double speed) {
        return speaker.say(TEXT, speed, () -> false).orElseThrow().samples().length;
    }

    @Test
    void speakTheSameInParallelAsAlone() throws Exception {
        short[] alone = voices.speaker("kal").say(TEXT, () -> false).orElseThrow().samples();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Callable<short[]> say = () -> voices.speaker("kal")
                    .say(TEXT, () -> false)
                    .orElseThrow()
                    .samples();
            for (Future<short[]> together : threads.invokeAll(Collections.nCopies(AT_ONCE, say))) {
                assertThat(together.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void surviveOddTexts() {
        for (String odd : List.of("", " ", "...", "<b>x</b> http://x.y/z?q=1", "漢字 😀", "x".repeat(200),
                "%s%n\\0")) {
            assertThat(voices.speaker("kal").say(odd, () -> false)).as(odd).isPresent();
        }
        assertThat(voices.speaker("kal").say(TEXT, () -> false).orElseThrow().samples())
                .hasSizeGreaterThan(16_000);
    }
}
