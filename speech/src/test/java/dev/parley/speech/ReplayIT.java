package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.Clips.Clip;
import dev.parley.voice.ModelEvent.AssistantText;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.UserText;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sound that a network delays is one sentence with the sound before it, for a front end that sends it later. */
@Tag("real-time")
class ReplayIT {

    /** Far longer than the silence that ends a turn. */
    private static final Duration GAP = Duration.ofSeconds(4);

    private static EmbeddedModel model;

    @BeforeAll
    static void load() throws InterruptedException {
        model = EmbeddedModel.start(EmbeddedOptions.defaults(Clips.MODELS));
        assertThat(model.awaitReadiness(Duration.ofMinutes(2)).state()).isEqualTo(Readiness.State.READY);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void sentenceWithAGapIsAnsweredOnce() throws InterruptedException {
        Clip clip = Clips.TEN.get(4);
        short[] samples = Clips.samples(clip.name());
        try (var call = Call.replaying(model)) {
            call.speakAtOnce(Arrays.copyOf(samples, samples.length / 2));
            Thread.sleep(GAP);
            assertThat(call.events()).isEmpty();
            call.speakAtOnce(Arrays.copyOfRange(samples, samples.length / 2, samples.length));
            call.listenUntil(Call::answered);

            assertThat(call.all(UserText.class)).hasSize(1);
            assertThat(WordErrors.between(clip.text(), call.all(UserText.class).getFirst().text()))
                    .isLessThanOrEqualTo(1);
            assertThat(call.all(AssistantText.class).stream().filter(text -> text.stage() == Stage.FINAL))
                    .hasSize(1);
        }
    }

    @Test
    void fifteenSecondsAtOnceAreHeardWhole() {
        String expected = Clips.TEN.subList(3, 7).stream().map(Clip::text).collect(Collectors.joining(" "));
        try (var call = Call.replaying(model)) {
            int samples = 0;
            for (Clip clip : Clips.TEN.subList(3, 7)) {
                short[] sound = Clips.samples(clip.name());
                samples += sound.length;
                call.speakAtOnce(sound);
            }
            assertThat(samples).isGreaterThan(15 * 16_000);
            call.listenUntil(it -> it.all(UserText.class)
                    .stream()
                    .map(UserText::text)
                    .collect(Collectors.joining(" "))
                    .contains("mess"));

            String heard = call.all(UserText.class)
                    .stream()
                    .map(UserText::text)
                    .collect(Collectors.joining(" "));
            assertThat(WordErrors.between(expected, heard)).isLessThanOrEqualTo(4);
        }
    }
}
