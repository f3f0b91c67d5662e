package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.socket.Arguments;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values out to arguments, and arguments back to values. */
class JsonTest {
    record Point(int x, byte[] mark) {}

    @Test
    void writesEveryKindOfValue() {
        var map = new LinkedHashMap<String, Object>();
        map.put("list", List.of(1, 2.5));
        map.put("none", null);
        var event = Json.DEFAULT.event("na\"me", "a\n\u001e\\", 1, 2L, true, null, new RawJson("{\"raw\":1}"),
                map);
        assertThat(event.json()).isEqualTo(
                "[\"na\\\"me\",\"a\\n\\u001e\\\\\",1,2,true,null,{\"raw\":1},{\"list\":[1,2.5],\"none\":null}]");
    }

    @Test
    void takesBytesOutAsAttachmentsWhereverTheyStand() {
        byte[] first = {1};
        byte[] second = {2};
        var event = Json.DEFAULT.event("e", first, Map.of("in", List.of(new Point(7, second))));
        assertThat(event.json()).isEqualTo(
                "[\"e\",{\"_placeholder\":true,\"num\":0},{\"in\":[{\"x\":7,\"mark\":{\"_placeholder\":true,\"num\":1}}]}]");
        assertThat(event.attachments()).containsExactly(first, second);
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
    void saysWhatIsNotThereWithoutSayingWhatIs() {
        assertThatThrownBy(() -> event("[\"e\"]").text(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event("[\"e\",{}]").text(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event("[\"e\",\"secret\"]").as(0, Point.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(event("[\"e\"]").json(0).isMissingNode()).isTrue();
    }

    private static Event event(String json, byte[]... attachments) {
        return new Event("e", new Arguments(json, Arrays.asList(attachments)), null, Json.DEFAULT);
    }
}
