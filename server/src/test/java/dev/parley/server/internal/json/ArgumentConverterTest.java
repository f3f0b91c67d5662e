package dev.parley.server.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.ArgumentTypeException;
import dev.parley.server.Event;
import dev.parley.server.Handshake;
import dev.parley.server.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Arguments of another type than expected: the message says where and what was expected, and nothing of the content. */
class ArgumentConverterTest {
    private static final JsonCodec STRICT = JsonCodec.of(JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new Failing()))
            .build());

    record Point(int x, int y) {}

    record Move(List<Point> points, Map<String, Integer> counts, @JsonProperty("by-whom") Point player) {}

    record Timed(Duration howLong) {}

    record Positive(int value) {
        Positive {
            if (value < 0) {
                throw new IllegalStateException("refused: " + value);
            }
        }
    }

    record Pair(String text, Positive number) {}

    static final class Open {
        final Map<String, Integer> all = new HashMap<>();

        @JsonAnySetter
        void set(String name, int value) {
            all.put(name, value);
        }
    }

    interface Shape {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'\"secret\"' | : expected Move", "null | : expected Move",
            "{\"points\":\"secret\"} | , field points: expected List<Point>",
            "{\"points\":[{\"x\":1,\"y\":2},\"secret\"]} | , field points[1]: expected Point",
            "{\"points\":[{\"x\":\"secret\"}]} | , field points[0].x: expected int",
            "{\"points\":[{\"x\":null,\"y\":2}]} | , field points[0].x: expected int",
            "{\"by-whom\":{\"x\":{\"secret\":1}}} | , field by-whom.x: expected int",
            "{\"counts\":{\"secret\":\"secret\"}} | , field counts.*: expected Integer"})
    void namesFieldAndExpectedType(String json, String message) {
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> event("[\"move\"," + json + "]").as(0, Move.class))
                .withMessage("event \"move\", argument 0" + message)
                .withNoCause();
    }

    @Test
    void tellsPathAndTypeApart() {
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> event("[\"e\",1,[{\"x\":[]}]]").as(1, new TypeReference<List<Point>>() {}))
                .satisfies(wrong -> {
                    assertThat(wrong.path()).isEqualTo("[0].x");
                    assertThat(wrong.expected()).isEqualTo("int");
                    assertThat(wrong).hasMessage("event \"e\", argument 1, field [0].x: expected int");
                });
    }

    @Test
    void usesTheNamesOfTheMapperAndHidesUnknownOnes() {
        fails(new IncomingEvent("e", Arguments.of("[\"e\",{\"how_long\":\"secret\"}]"), null, STRICT),
                Timed.class,
                "event \"e\", argument 0, field how_long: expected Duration, which threw NumberFormatException");
        fails(new IncomingEvent("e", Arguments.of("[\"e\",{\"secret\":1}]"), null, STRICT), Timed.class,
                "event \"e\", argument 0, field *: expected a field of Timed");
        fails(new IncomingEvent("e", Arguments.of("[\"e\",\"secret\"]"), null, STRICT), Duration.class,
                "event \"e\", argument 0: expected Duration, which threw NumberFormatException");
        fails(event("[\"e\",{\"secret\":\"secret\"}]"), Open.class,
                "event \"e\", argument 0, field *: expected int");
    }

    @Test
    void namesTheExceptionOfAConstructorWithoutItsMessage() {
        fails(event("[\"e\",{\"value\":-7}]"), Positive.class,
                "event \"e\", argument 0: expected Positive, which threw IllegalStateException");
    }

    @Test
    void namesArgumentsOfRecordsThatAreBound() {
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> event("[\"e\",\"a\",{\"value\":\"secret\"}]").bind(Pair.class))
                .withMessage("event \"e\", argument 1, field value: expected int");
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> event("[\"e\",\"a\"]").bind(Pair.class))
                .withMessage("event \"e\", argument 1: expected Positive, but the argument is missing");
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> event("[\"e\",-7]").bind(Positive.class))
                .withMessage("event \"e\": expected Positive, which threw IllegalStateException");
    }

    @Test
    void namesRepliesTextsAndMissingArguments() {
        var reply = new IncomingReply(Arguments.of("[7]"), JsonCodec.DEFAULT);
        fails(reply, Point.class, "reply, argument 0: expected Point");
        assertThatExceptionOfType(ArgumentTypeException.class).isThrownBy(() -> reply.text(0))
                .withMessage("reply, argument 0: expected String");
        assertThatExceptionOfType(ArgumentTypeException.class).isThrownBy(() -> reply.text(1))
                .withMessage("reply, argument 1: expected String, but the argument is missing");
        assertThatExceptionOfType(ArgumentTypeException.class).isThrownBy(() -> reply.as(1, byte[].class))
                .withMessage("reply, argument 1: expected byte[], but the argument is missing");
    }

    @Test
    void nameOfAnEventStaysOnOneLine() {
        String name = "a\nb" + "x".repeat(100);
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> event("[" + JsonCodec.quoted(name) + "]").text(0))
                .withMessage("event \"a?b" + "x".repeat(61)
                        + "…\", argument 0: expected String, but the argument" + " is missing");
    }

    /** The application is at fault, whatever the client sends. */
    @Test
    void classThatCannotBeBuiltIsNoFaultOfTheClient() {
        assertThatIllegalArgumentException().isThrownBy(() -> event("[\"e\",{}]").as(0, Shape.class))
                .isNotInstanceOf(ArgumentTypeException.class)
                .withMessageStartingWith("the JSON mapper cannot build values of Shape: ");
    }

    @Test
    void readsWhatFits() {
        var event = event("[\"e\",7,null,\"a\",{\"x\":1,\"y\":2}]");
        assertThat(event.as(0, int.class)).isEqualTo(7);
        assertThat(event.as(0, JsonNode.class).intValue()).isEqualTo(7);
        assertThat(event.as(1, new TypeReference<Optional<String>>() {})).isEmpty();
        assertThat(event.as(1, JsonNode.class).isNull()).isTrue();
        assertThat(event.as(2, Object.class)).isEqualTo("a");
        assertThat(event.as(3, Point.class)).isEqualTo(new Point(1, 2));
        assertThat(event.bind(Nullables.class)).isEqualTo(new Nullables(7, null));
    }

    record Nullables(int first, @Nullable String second) {}

    @Test
    void readsCredentialsWithTheMapperOfTheServer() {
        var none = handshake(null);
        assertThat(none.credentials(Timed.class)).isEmpty();
        var read = new ArrayList<Object>();
        read.add(handshake("{\"x\":1,\"y\":2}").credentials(Point.class).orElseThrow());
        assertThat(read).containsExactly(new Point(1, 2));
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> handshake("{\"how_long\":\"secret\"}").credentials(Timed.class))
                .withMessage("auth, field how_long: expected Duration, which threw NumberFormatException");
        assertThatExceptionOfType(ArgumentTypeException.class)
                .isThrownBy(() -> handshake("{\"x\":\"secret\"}").credentials(Point.class))
                .withMessage("auth, field x: expected int")
                .withNoCause();
    }

    private static Handshake handshake(@Nullable String auth) {
        return new Handshake(Map.of(), Map.of(), "10.0.0.1", "/socket.io/", Instant.EPOCH, false, auth,
                new CredentialsReader(STRICT));
    }

    private static Event event(String json) {
        var arguments = Arguments.of(json);
        return new IncomingEvent(arguments.name(), arguments, null, JsonCodec.DEFAULT);
    }

    private static void fails(Values values, Class<?> type, String message) {
        assertThatExceptionOfType(ArgumentTypeException.class).isThrownBy(() -> values.as(0, type))
                .withMessage(message)
                .withNoCause();
    }

    /** As a deserializer of an application's, whose exception quotes what it was given. */
    private static final class Failing extends ValueDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) {
            return Duration.ofSeconds(Long.parseLong(in.getString()));
        }
    }
}
