package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputEvent.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void historyBeginsWithTheUserAndIsBounded() {
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
    void additionsStayWithinTheLimits() {
        var history = new History(4, 100);
        var user = new History.Message(Role.USER, "u".repeat(40));
        var assistant = new History.Message(Role.ASSISTANT, "a".repeat(40));
        assertThat(history.bounded(List.of(user, assistant, user, assistant))).as("bytes")
                .containsExactly(user, assistant);
        var one = new History.Message(Role.USER, "1");
        var two = new History.Message(Role.ASSISTANT, "2");
        assertThat(history.bounded(List.of(one, two, one, two, user))).as("messages")
                .containsExactly(one, two, user);
        var longer = new History.Message(Role.ASSISTANT, "ü".repeat(200));
        assertThat(history.bounded(List.of(one, two, user, longer))).as("the last two alone")
                .hasSize(2)
                .allMatch(message -> message.text().getBytes(StandardCharsets.UTF_8).length <= 50);
    }

    @Test
    void longTextIsSplitBetweenCharacters() {
        String text = "\uD83D\uDE00".repeat(600);
        assertThat(History.pieces(text, 1_000)).hasSize(3)
                .allMatch(piece -> piece.getBytes(StandardCharsets.UTF_8).length <= 1_000)
                .satisfies(pieces -> assertThat(String.join("", pieces)).isEqualTo(text));
    }
}
