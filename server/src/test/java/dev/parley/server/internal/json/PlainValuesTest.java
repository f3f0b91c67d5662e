package dev.parley.server.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.ArgumentTypeException;
import dev.parley.server.Event;
import dev.parley.server.Replies;
import dev.parley.server.Reply;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Arguments as plain Java values. */
class PlainValuesTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    @Test
    void eachKindOfJsonHasItsJavaType() {
        var all = event(
                "[\"e\",\"a\",1,5000000000,123456789012345678901,0.5,true,null,[1,[null]],{\"k\":{}}]").all();
        assertThat(all).isEqualTo(Arrays.<@Nullable Object>asList("a", 1, 5_000_000_000L,
                new BigInteger("123456789012345678901"), 0.5, true, null,
                List.of(1, Arrays.<@Nullable Object>asList((Object) null)), Map.of("k", Map.of())));
    }

    @Test
    void attachmentsAreTheirBytes() {
        byte[] bytes = {1, 2};
        var arguments = new Arguments("[\"e\"," + PLACEHOLDER + ",{\"deep\":[" + PLACEHOLDER + "]}]",
                List.of(bytes));
        var all = new IncomingEvent("e", arguments, null, JsonCodec.DEFAULT).all();
        assertThat(all.getFirst()).isSameAs(bytes);
        assertThat(all.get(1)).isEqualTo(Map.of("deep", List.of(bytes)));
    }

    @Test
    void theNameOfAnEventIsNoArgument() {
        assertThat(event("[\"e\"]").all()).isEmpty();
        assertThat(new IncomingEvent("e", Arguments.plain("e", "a"), null, JsonCodec.DEFAULT).all())
                .isEqualTo(List.of("a"));
        assertThat(new IncomingReply(Arguments.of("[\"e\"]"), JsonCodec.DEFAULT).all())
                .isEqualTo(List.of("e"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void valuesAreImmutable() {
        var all = event("[\"e\",[1],{\"k\":1}]").all();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> all.add(1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<Object>) all.get(0)).add(1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((Map<String, Object>) all.get(1)).put("l", 1));
    }

    @Test
    void repliesHaveTheirFirstArguments() {
        var replies = new Replies(List.of(reply("[7,8]"), reply("[9]")), 3);
        assertThat(replies.values(int.class)).containsExactly(7, 9);
        assertThat(new Replies(List.of(), 0).values(int.class)).isEmpty();
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(
                        () -> new Replies(List.of(reply("[7]"), reply("[\"secret\"]")), 2).values(int.class))
                .withMessage("reply, argument 0: expected int");
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> new Replies(List.of(reply("[]")), 1).values(String.class))
                .withMessage("reply, argument 0: expected String, but the argument is missing");
    }

    private static Event event(String json) {
        return new IncomingEvent("e", Arguments.of(json), null, JsonCodec.DEFAULT);
    }

    private static Reply reply(String json) {
        return new IncomingReply(Arguments.of(json), JsonCodec.DEFAULT);
    }
}
