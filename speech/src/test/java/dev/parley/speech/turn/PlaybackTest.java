package dev.parley.speech.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.turn.Playback.Part;
import dev.parley.speech.turn.Playback.Sentence;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlaybackTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Sentence FIRST = new Sentence("s1", "one two three four", 0, Duration.ofSeconds(2),
            false);
    private static final Sentence SECOND = new Sentence("s2", "five six", 0, Duration.ofSeconds(1), true);

    private final Playback playback = new Playback();

    @Test
    void hearsSentencesOneAfterAnother() {
        playback.sent(FIRST, START);
        playback.sent(SECOND, at(100));

        assertThat(playback.ahead(at(100))).isEqualTo(Duration.ofMillis(2_900));
        assertThat(playback.heard(at(1_999))).isEmpty();
        assertThat(playback.next()).contains(at(2_000));
        assertThat(playback.heard(at(2_000))).containsExactly(FIRST);
        assertThat(playback.playing()).isTrue();
        assertThat(playback.heard(at(3_000))).containsExactly(SECOND);
        assertThat(playback.playing()).isFalse();
        assertThat(playback.next()).isEmpty();
    }

    @Test
    void beginsAtOnceAfterAPause() {
        playback.sent(FIRST, START);
        playback.heard(at(10_000));
        playback.sent(SECOND, at(10_000));

        assertThat(playback.next()).contains(at(11_000));
    }

    @Test
    void knowsTheWordsHeardWhenStopped() {
        playback.sent(FIRST, START);
        playback.sent(SECOND, START);

        assertThat(playback.part(at(1_000))).contains(new Part("s1", "one two"));
        assertThat(playback.stop(at(1_000))).containsExactly(FIRST, SECOND);
        assertThat(playback.playing()).isFalse();
        assertThat(playback.ahead(at(1_000))).isEqualTo(Duration.ZERO);
    }

    @Test
    void heardNothingBeforeTheFirstWordEnds() {
        playback.sent(FIRST, START);
        assertThat(playback.part(at(100))).isEmpty();
    }

    @Test
    void nothingIsHeardInSilence() {
        assertThat(playback.part(START)).isEmpty();
        assertThat(playback.stop(START)).isEmpty();
    }

    @Test
    void goesOnAtTheLastClauseThatWasBegun() {
        String text = "The train leaves at noon, and it arrives in the evening.";
        playback.sent(new Sentence("s1", text, 0, Duration.ofMillis(10L * text.length()), true), START);

        assertThat(playback.stop(at(10L * 22))).extracting(Sentence::from).containsExactly(0);

        playback.sent(new Sentence("s1", text, 0, Duration.ofMillis(10L * text.length()), true), START);
        assertThat(playback.stop(at(10L * (22 + 40)))).extracting(Sentence::from)
                .containsExactly(text.indexOf("and"));
    }

    @Test
    void soundOfTheRestOfASentenceBeginsAtItsOffset() {
        String text = "First this, then that and more.";
        int from = text.indexOf("then");
        playback.sent(new Sentence("s1", text, from, Duration.ofMillis(10L * (text.length() - from)), true),
                START);

        assertThat(playback.part(at(100))).contains(new Part("s1", "First this, then that"));
        assertThat(playback.stop(at(10))).extracting(Sentence::from).containsExactly(from);
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
