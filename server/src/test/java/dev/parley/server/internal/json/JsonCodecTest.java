package dev.parley.server.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import dev.parley.server.RawJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values out to arguments, and arguments back to values. */
class JsonCodecTest {
    record Point(int x, byte[] mark) {}

    @Test
    void writesEveryKindOfValue() {
        var map = new LinkedHashMap<String, Object>();
        map.put("list", List.of(1, 2.5));
        map.put("none", null);
        var event = JsonCodec.DEFAULT.event("na\"me", "a\n\u001e\\", 1, 2L, true, null,
                new RawJson("{\"raw\":1}"), map);
        assertThat(event.json()).isEqualTo(
                "[\"na\\\"me\",\"a\\n\\u001e\\\\\",1,2,true,null,{\"raw\":1},{\"list\":[1,2.5],\"none\":null}]");
    }

    @Test
    void takesBytesOutAsAttachmentsWhereverTheyStand() {
        byte[] first = {1};
        byte[] second = {2};
        var event = JsonCodec.DEFAULT.event("e", first, Map.of("in", List.of(new Point(7, second))));
        assertThat(event.json()).isEqualTo(
                "[\"e\",{\"_placeholder\":true,\"num\":0},{\"in\":[{\"x\":7,\"mark\":{\"_placeholder\":true,\"num\":1}}]}]");
        assertThat(event.attachments()).containsExactly(first, second);
    }

    record Holder(List<Object> parts) {}

    @Test
    void bytesInTreesAreAttachmentsAtAnyDepth() {
        var tree = event(
                "[\"e\",{\"a\":[{\"_placeholder\":true,\"num\":0},{\"b\":{\"_placeholder\":true,\"num\":1}}]}]",
                new byte[]{1}, new byte[]{2}).json(0);
        String placeholders = "{\"a\":[{\"_placeholder\":true,\"num\":%d},{\"b\":{\"_placeholder\":true,\"num\":%d}}]}";
        var direct = JsonCodec.DEFAULT.event("e", tree);
        assertThat(direct.json()).isEqualTo("[\"e\"," + placeholders.formatted(0, 1) + "]");
        assertThat(direct.attachments()).containsExactly(new byte[]{1}, new byte[]{2});
        var nested = JsonCodec.DEFAULT.arguments(List.of(tree, tree), Map.of("t", tree),
                new Holder(List.of(tree)));
        assertThat(nested.json()).isEqualTo("[[" + placeholders.formatted(0, 1) + ","
                + placeholders.formatted(2, 3) + "],{\"t\":" + placeholders.formatted(4, 5) + "},{\"parts\":["
                + placeholders.formatted(6, 7) + "]}]");
        assertThat(nested.attachments()).hasSize(8);
        var pojo = JsonNodeFactory.instance.objectNode();
        pojo.putPOJO("in", new byte[]{3});
        assertThat(JsonCodec.DEFAULT.arguments(pojo).attachments()).containsExactly(new byte[]{3});
    }

    @Test
    void byteBuffersAreBytesFromPositionToLimit() {
        var buffer = ByteBuffer.wrap(new byte[]{0, 1, 2, 3}, 1, 2).slice();
        var direct = ByteBuffer.allocateDirect(2).put(0, (byte) 7).put(1, (byte) 8).asReadOnlyBuffer();
        var event = JsonCodec.DEFAULT.event("e", buffer, Map.of("in", direct));
        assertThat(event.json()).isEqualTo(
                "[\"e\",{\"_placeholder\":true,\"num\":0},{\"in\":{\"_placeholder\":true,\"num\":1}}]");
        assertThat(event.attachments()).containsExactly(new byte[]{1, 2}, new byte[]{7, 8});
        assertThat(buffer.remaining()).isEqualTo(2);
        assertThat(direct.remaining()).isEqualTo(2);
    }

    @Test
    void numbersThatAreNotFiniteAreNull() {
        var tree = JsonNodeFactory.instance.arrayNode().add(Double.NaN).add(Float.NEGATIVE_INFINITY).add(1.5);
        var event = JsonCodec.DEFAULT.event("e", Double.NaN, Float.POSITIVE_INFINITY, tree,
                new double[]{Double.NaN, 1}, new float[]{Float.NaN, 2}, List.of(Double.NEGATIVE_INFINITY));
        assertThat(event.json()).isEqualTo("[\"e\",null,null,[null,null,1.5],[null,1.0],[null,2.0],[null]]");
    }

    @Test
    void bareNullIsOneValue() {
        assertThat(JsonCodec.DEFAULT.event("e", (Object[]) null).json()).isEqualTo("[\"e\",null]");
        assertThat(JsonCodec.DEFAULT.arguments((Object[]) null).json()).isEqualTo("[null]");
        assertThat(JsonCodec.DEFAULT.arguments((Object) null).json()).isEqualTo("[null]");
    }

    @Test
    void acknowledgementIsSpentOnceItWasEncoded() {
        var sent = new ArrayList<String>();
        var event = new IncomingEvent("e", Arguments.of("[\"e\"]"), arguments -> sent.add(arguments.json()),
                JsonCodec.DEFAULT);
        assertThatThrownBy(() -> event.ack(Collections.singletonMap(null, 1))).isNotNull();
        event.ack("error");
        event.ack("again");
        assertThat(sent).containsExactly("[\"error\"]");
    }

    @Test
    void rawAcknowledgementIsSentOnceAsItStands() {
        var sent = new ArrayList<Arguments>();
        var event = new IncomingEvent("e", Arguments.of("[\"e\"]"), sent::add, JsonCodec.DEFAULT);
        var raw = Arguments.of("[ {\"success\":true}]");
        event.ackRaw(raw);
        event.ackRaw(Arguments.of("[2]"));
        event.ack(3);
        assertThat(sent).singleElement().isSameAs(raw);
        new IncomingEvent("e", Arguments.of("[\"e\"]"), null, JsonCodec.DEFAULT).ackRaw(raw);
    }

    @Test
    void loneSurrogatesAreWrittenAsEscapes() {
        String half = "a\ud83d";
        String whole = "\ud83d\ude00";
        var event = JsonCodec.DEFAULT.event("e" + half, half + whole, Map.of(half, List.of("\ude00")),
                new RawJson("[\"" + half + "\"]"), '\ud83d');
        assertThat(event.json()).isEqualTo("[\"ea\\ud83d\",\"a\\ud83d" + whole
                + "\",{\"a\\ud83d\":[\"\\ude00\"]},[\"a\\ud83d\"],\"\\ud83d\"]");
        var read = event(event.json());
        assertThat(read.text(0)).isEqualTo(half + whole);
        assertThat(read.json(1).propertyNames()).containsExactly(half);
        assertThat(read.arguments().name()).isEqualTo("ea\ud83d");
    }

    @Test
    void refusesLookalikesOfPlaceholdersBesideBytesOnly() {
        var lookalike = event("[\"e\",{\"_placeholder\":true,\"num\":7}]").json(0);
        assertThat(JsonCodec.DEFAULT.event("e", lookalike, "text").json())
                .isEqualTo("[\"e\",{\"_placeholder\":true,\"num\":7},\"text\"]");
        byte[] bytes = {1};
        for (Object data : List.of(lookalike, List.of(lookalike), Map.of("_placeholder", true, "num", 0),
                new RawJson("{\"\\u005fplaceholder\":true}"))) {
            assertThatThrownBy(() -> JsonCodec.DEFAULT.event("e", data, bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("_placeholder");
        }
        assertThat(JsonCodec.DEFAULT.event("e", Map.of("_placeholder", false), new RawJson("{}"), bytes)
                .attachments()).hasSize(1);
        assertThatThrownBy(() -> new Arguments("[\"e\",{\"_placeholder\":true,\"num\":7}]", List.of(bytes)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void putsAttachmentsBackWhereTheyStood() {
        var event = event(
                "[\"e\",{\"_placeholder\":true,\"num\":1},{\"x\":7,\"mark\":{\"_placeholder\":true,\"num\":0}}]",
                new byte[]{1}, new byte[]{2, 3});
        assertThat(event.size()).isEqualTo(2);
        assertThat(event.bytes(0)).contains(new byte[]{2, 3});
        assertThat(event.as(1, Point.class)).satisfies(p -> {
            assertThat(p.x()).isEqualTo(7);
            assertThat(p.mark()).containsExactly(1);
        });
        assertThat(event.bytes(1)).isEmpty();
        assertThat(event.bytes(9)).isEmpty();
    }

    @Test
    void readsAFlatTextAsItDoesAnyOther() {
        assertThat(event("[\"e\",\"plain\"]").text(0)).isEqualTo("plain");
        assertThat(event("[\"e\",\"\"]").text(0)).isEmpty();
        assertThat(event("[\"e\",\"a\\\"b\"]").text(0)).isEqualTo("a\"b");
        assertThat(event("[\"e\", \"spaced\" ]").text(0)).isEqualTo("spaced");
        assertThat(event("[\"e\",\"a\",\"b\"]").text(0)).isEqualTo("a");
        assertThat(event("[\"e\",\"a\",\"b\"]").text(1)).isEqualTo("b");
    }

    @Test
    void errorsNameMissingArgumentsButNoValues() {
        assertThatThrownBy(() -> event("[\"e\"]").text(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event("[\"e\",{}]").text(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event("[\"e\",\"secret\"]").as(0, Point.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(event("[\"e\"]").json(0).isMissingNode()).isTrue();
    }

    private static Event event(String json, byte[]... attachments) {
        return new IncomingEvent("e", new Arguments(json, Arrays.asList(attachments)), null,
                JsonCodec.DEFAULT);
    }
}
