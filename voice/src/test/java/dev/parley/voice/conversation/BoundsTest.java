package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.conversation.Turn.Role;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Tests the limits on the state that a conversation keeps. */
final class BoundsTest {

    private static final ConversationOptions.Limits LIMITS = new ConversationOptions.Limits(3, 10, 2, 4, 30);

    private final WaitingAudio waiting = new WaitingAudio(LIMITS);
    private final TurnTracker log = new TurnTracker(LIMITS);

    @Test
    void keepsTheNewestAudioByPieces() {
        for (var i = 1; i <= 5; i++) {
            waiting.add(Script.pcm(i));
        }
        assertThat(waiting.chunks()).isEqualTo(3);
        assertThat(waiting.drain()).containsExactly(Script.pcm(3), Script.pcm(4), Script.pcm(5));
        assertThat(waiting.bytes()).isZero();
    }

    @Test
    void keepsTheNewestAudioByBytes() {
        waiting.add(Script.pcm(1, 1));
        waiting.add(Script.pcm(2, 2));
        waiting.add(Script.pcm(3, 3));
        assertThat(waiting.bytes()).isEqualTo(8);
        waiting.add(new byte[20]);
        assertThat(waiting.drain()).containsExactly(new byte[20]);
    }

    @Test
    void mergesNeighboursOfOneSide() {
        hears("Hello");
        hears("there");
        says("Hi");
        says("you");
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "Hello there"),
                new Turn(Role.ASSISTANT, "Hi you"));
    }

    @Test
    void repeatedTypedTextIsKeptOnce() {
        log.typed("hi", new ArrayList<>());
        hears("hi");
        hears("hi");
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "hi hi"));
    }

    @Test
    void keepsTheNewestTurns() {
        for (var i = 0; i < 3; i++) {
            hears("u" + i);
            says("a" + i);
        }
        assertThat(log.turns()).extracting(Turn::text).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void boundsTheCharactersOfTheHistory() {
        hears("x".repeat(100));
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "x".repeat(30)));
        hears("y".repeat(10));
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "y".repeat(10)));
        says("z".repeat(25));
        assertThat(log.turns()).containsExactly(new Turn(Role.ASSISTANT, "z".repeat(25)));
    }

    private void hears(String text) {
        log.on(new ModelEvent.UserText("u", text), new ArrayList<>());
    }

    private void says(String text) {
        log.on(new ModelEvent.AssistantText("a", Stage.FINAL, text, StopReason.END_TURN), new ArrayList<>());
    }
}
