package dev.parley.voice.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.nova.InputEvent.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is kept for the next stream: words and sound. */
class PiecesTest {

    private static final Duration THREE = Duration.ofSeconds(3);

    @Test
    void aHistoryTakesTurnsBeginsWithTheUserAndIsBounded() {
        var history = new History(4, 100);
        history.add(Role.ASSISTANT, "Welcome.");
        history.add(Role.USER, "One");
        history.add(Role.USER, "and two.");
        history.add(Role.ASSISTANT, "Good.");
        assertThat(history.shaped()).containsExactly(new History.Message(Role.USER, "One and two."),
                new History.Message(Role.ASSISTANT, "Good."));
        history.add(Role.USER, "ü".repeat(200));
        assertThat(history.shaped().getLast().text().getBytes(StandardCharsets.UTF_8).length).isBetween(90,
                100);
        assertThat(history.shaped()
                .stream()
                .mapToInt(m -> m.text().getBytes(StandardCharsets.UTF_8).length)
                .sum()).isLessThanOrEqualTo(100);
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        String text = "\uD83D\uDE00".repeat(600);
        assertThat(History.pieces(text, 1_000)).hasSize(3)
                .allMatch(piece -> piece.getBytes(StandardCharsets.UTF_8).length <= 1_000)
                .satisfies(pieces -> assertThat(String.join("", pieces)).isEqualTo(text));
    }

    @Test
    void soundIsKeptForThreeSecondsAndForgottenOnceUnderstood() {
        var carry = new CarryOver();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 200; i++) {
            now = now.plusMillis(32);
            carry.add(RelayScript.pcm(i > 50 && i < 100), now, THREE);
        }
        assertThat(carry.pieces()).hasSizeBetween(92, 94);
        assertThat(carry.unansweredSince()).isPresent();
        assertThat(carry.whole()).isFalse();
        carry.recognised(now);
        assertThat(carry.pieces()).isEmpty();
        assertThat(carry.whole()).isTrue();
    }

    @Test
    void speechThatGoesOnIsKeptFromItsBeginning() {
        var carry = new CarryOver();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 90; i++) {
            now = now.plusMillis(32);
            carry.add(RelayScript.pcm(i < 10 || i > 60), now, THREE);
        }
        carry.recognised(now);
        assertThat(carry.pieces()).hasSizeBetween(29, 40);
        assertThat(carry.whole()).isTrue();
    }

    @Test
    void loudNoiseThatNobodyUnderstoodIsNoSpeech() {
        var carry = new CarryOver();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 400; i++) {
            now = now.plusMillis(32);
            carry.add(RelayScript.pcm(i == 60), now, THREE);
        }
        assertThat(carry.unansweredSince()).isEmpty();
    }
}
