package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.conversation.Turn.Role;
import org.junit.jupiter.api.Test;

/** What a conversation keeps, and how much of it. */
final class BoundsTest {

    private static final ConversationOptions.Limits LIMITS = new ConversationOptions.Limits(100, 100, 100,
            100, 3, 10, 2, 4, 30);

    private final WaitingAudio waiting = new WaitingAudio(LIMITS);
    private final TurnLog log = new TurnLog(LIMITS);

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
        log.user("Hello");
        log.user("there");
        log.assistant("Hi");
        log.assistant("you");
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "Hello there"),
                new Turn(Role.ASSISTANT, "Hi you"));
    }

    @Test
    void takesTypedTextOnceThoughTheModelRepeatsIt() {
        log.typed("hi");
        log.user("hi");
        log.user("hi");
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "hi hi"));
    }

    @Test
    void keepsTheNewestTurns() {
        for (var i = 0; i < 3; i++) {
            log.user("u" + i);
            log.assistant("a" + i);
        }
        assertThat(log.turns()).extracting(Turn::text).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void boundsTheCharactersOfTheHistory() {
        log.user("x".repeat(100));
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "x".repeat(30)));
        log.user("y".repeat(10));
        assertThat(log.turns()).containsExactly(new Turn(Role.USER, "y".repeat(10)));
        log.assistant("z".repeat(25));
        assertThat(log.turns()).containsExactly(new Turn(Role.ASSISTANT, "z".repeat(25)));
    }
}
