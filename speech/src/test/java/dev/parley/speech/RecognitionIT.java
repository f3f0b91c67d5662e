package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.Clips.Clip;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
class RecognitionIT {

    private static SpeechRecognizer recognizer;

    @BeforeAll
    static void load() {
        recognizer = SpeechRecognizer.load(Clips.MODELS);
    }

    @AfterAll
    static void close() {
        recognizer.close();
    }

    @Test
    void hearsTenClipsOfHumanSpeech() {
        int errors = 0;
        int words = 0;
        for (Clip clip : Clips.TEN) {
            String heard = recognizer.transcribe(Clips.samples(clip.name()), 16_000);
            errors += WordErrors.between(clip.text(), heard);
            words += WordErrors.words(clip.text()).size();
        }
        System.out.printf("word error rate of recognition: %d of %d words, %.1f %%%n", errors, words,
                100.0 * errors / words);
        assertThat(errors).isLessThanOrEqualTo(words / 20);
    }

    @Test
    void hearsAClipThatIsTooLongForOneRun() {
        String heard = recognizer.transcribe(Clips.samples("demo-congrats"), 16_000);
        assertThat(heard).startsWith("Congratulations").containsIgnoringCase("asterisk");
        assertThat(WordErrors.words(heard)).hasSizeGreaterThan(60);
    }

    @Test
    void hearsWhatComesAfterALongSilence() {
        short[] said = Clips.samples("demo-congrats");
        for (int seconds : new int[]{3, 18, 22}) {
            short[] late = new short[seconds * 16_000 + said.length];
            System.arraycopy(said, 0, late, seconds * 16_000, said.length);
            assertThat(recognizer.transcribe(late, 16_000)).as("after %d s", seconds)
                    .startsWith("Congratulations");
        }
    }

    @Test
    void hearsNothingInSilenceOrInNothing() {
        assertThat(recognizer.transcribe(new float[0])).isEmpty();
        assertThat(recognizer.transcribe(new float[100])).isEmpty();
    }

    @Test
    void leavesTheSoundAlone() {
        short[] samples = Clips.samples("demo-nomatch");
        short[] before = Arrays.copyOf(samples, samples.length);
        var unused = recognizer.transcribe(samples, 16_000);
        assertThat(samples).isEqualTo(before);
    }
}
