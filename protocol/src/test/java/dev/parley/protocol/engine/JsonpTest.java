package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.MalformedPacketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonpTest {
    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void callsThePagesFunction() {
        assertThat(Jsonp.script("0", "6:4hello")).isEqualTo("___eio[0](\"6:4hello\");");
    }

    @Test
    void escapesCharactersThatWouldEndTheScript() {
        assertThat(Jsonp.script("12", "\"\\\n\r\u2028\u2029</script>\u0000é👋")).isEqualTo(
                "___eio[12](\"\\\"\\\\\\u000a\\u000d\\u2028\\u2029\\u003c/script\\u003e\\u0000é👋\");");
    }

    @Test
    void decodesTheFieldOfAForm() {
        assertThat(Jsonp.payload("d=6%3A4hello")).isEqualTo("6:4hello");
        assertThat(Jsonp.payload("x=1&d=4%3A4a+b&y")).isEqualTo("4:4a b");
        assertThat(Jsonp.payload("d=" + URLEncoder.encode("2:4€", StandardCharsets.UTF_8))).isEqualTo("2:4€");
    }

    @Test
    void restoresLineEndsAndBackslashes() {
        assertThat(Jsonp.payload("d=a\\nb")).isEqualTo("a\nb");
        assertThat(Jsonp.payload("d=a\\\\nb")).isEqualTo("a\\nb");
        assertThat(Jsonp.payload("d=a\\tb\\")).isEqualTo("a\\tb\\");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6:4hello", "e=1", "d=%", "d=%zz", "dd=1"})
    void rejectsOtherForms(String form) {
        assertThatThrownBy(() -> Jsonp.payload(form)).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noCharacterCanEndTheScript(int seed) {
        var random = new Random(seed);
        var odd = List.of("\"", "\\", "\n", "\u2028", "\u2029", "<", ">", "a", "é", "\u0001");
        var payload = new StringBuilder();
        random.ints(30, 0, odd.size()).forEach(i -> payload.append(odd.get(i)));
        String script = Jsonp.script("7", payload.toString());
        String inside = script.substring("___eio[7](\"".length(), script.length() - "\");".length());
        assertThat(inside.replaceAll("\\\\u[0-9a-f]{4}|\\\\[\"\\\\]", "")).matches("[aé]*");
    }
}
