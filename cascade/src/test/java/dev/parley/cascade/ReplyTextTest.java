package dev.parley.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTextTest {

    private final ReplyText reply = new ReplyText();

    @Test
    void sentenceIsCompleteWhenTheNextOneBegins() {
        assertThat(reply.add("Hello there.")).isEmpty();
        assertThat(reply.add(" ")).isEmpty();
        assertThat(reply.add("How")).containsExactly("Hello there.");
        assertThat(reply.finish()).containsExactly("How");
    }

    @Test
    void firstClauseOfEnoughWordsIsAPart() {
        assertThat(reply.add("The capital of France, ")).containsExactly("The capital of France,");
        assertThat(reply.add("on the river Seine, in the north, ")).as("only the first one").isEmpty();
        assertThat(reply.add("is Paris. It")).containsExactly("on the river Seine, in the north, is Paris.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Well, ", "Yes, it is, ", "In 1,000 years ", "It costs 3.50 now"})
    void shortBeginningsAndNumbersAreNoClause(String text) {
        assertThat(reply.add(text)).isEmpty();
    }

    @Test
    void abbreviationsAndTimesDoNotEndASentence() {
        assertThat(reply.add("Ask Dr. Smith at 9 a.m. tomorrow")).isEmpty();
        assertThat(reply.finish()).containsExactly("Ask Dr. Smith at 9 a.m. tomorrow");
    }

    @Test
    void blockOfCodeStaysWhole() {
        assertThat(reply.add("Run this:\n```\nfirst. Second.\n")).isEmpty();
        assertThat(reply.add("third\n```\nThat is all. Bye")).hasSize(3);
    }

    @Test
    void everyPartIsAPieceOfTheWholeInOrder() {
        String text = "First of all, there are two. One is big! Is the other? It is 3.5 m, or so. Well… done";
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            parts.addAll(reply.add(text.substring(i, i + 1)));
        }
        parts.addAll(reply.finish());

        assertThat(String.join(" ", parts)).isEqualTo(text);
        assertThat(reply.whole()).isEqualTo(text);
    }

    @Test
    void repetitionIsFoundAtTheThirdCopy() {
        String sentence = "She was a mathematician and a writer. ";
        reply.add(sentence + sentence);
        assertThat(reply.endless()).isFalse();
        reply.add(sentence);
        assertThat(reply.endless()).isTrue();
    }

    @Test
    void repeatedWordIsFound() {
        reply.add("It is ");
        for (int i = 0; i < 14; i++) {
            reply.add("very ");
        }
        assertThat(reply.endless()).isFalse();
        for (int i = 0; i < 10; i++) {
            reply.add("very ");
        }
        assertThat(reply.endless()).isTrue();
    }

    @Test
    void aLongReplyIsEndless() {
        for (int i = 0; i < 700 && !reply.endless(); i++) {
            reply.add(" number" + i);
        }
        assertThat(reply.endless()).isTrue();
        assertThat(reply.whole().length()).isBetween(ReplyText.LONGEST, ReplyText.LONGEST + 20);
    }
}
