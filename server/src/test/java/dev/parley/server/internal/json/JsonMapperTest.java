package dev.parley.server.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.RawJson;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.internal.socket.FakeClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The application's own mapper, on every way out and on every way in. */
class JsonMapperTest {
    private static final JsonMapper OWN = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule().addSerializer(Duration.class, new SecondsOut())
                    .addDeserializer(Duration.class, new SecondsIn()))
            .build();
    private static final String MOVE = "{\"how_far\":2,\"how_long\":\"3s\"}";
    private final FakeClients clients = new FakeClients(ServerOptions.builder().jsonMapper(OWN).build());

    record Move(int howFar, Duration howLong) {}

    record Mark(byte[] itsBytes) {}

    @Test
    void writesValuesWhereverTheyAreSent() {
        var a = clients.join("a", "red");
        var move = new Move(2, Duration.ofSeconds(3));
        a.socket().emit("e", move);
        a.socket().emitVolatile("e", move);
        a.socket().send(move);
        clients.namespace.to("red").emit("e", move);
        assertThat(a.sent).extracting(one -> one.event().json())
                .containsExactly("[\"e\"," + MOVE + "]", "[\"e\"," + MOVE + "]", "[\"message\"," + MOVE + "]",
                        "[\"e\"," + MOVE + "]");
        var answers = new ArrayList<String>();
        new IncomingEvent("e", Arguments.of("[\"e\"]"), answer -> answers.add(answer.json()),
                clients.namespace.context().json()).ack(move, List.of(move));
        assertThat(answers).containsExactly("[" + MOVE + ",[" + MOVE + "]]");
        assertThat(RefusalJson.write(new RefusedException("no", move), clients.namespace.context().json()))
                .isEqualTo("{\"message\":\"no\",\"data\":" + MOVE + "}");
    }

    @Test
    void bindsArgumentsWhereverTheyAreRead() throws Exception {
        var a = clients.join("a");
        var got = new ArrayList<Object>();
        a.socket().on("e", Move.class, (move, event) -> {
            got.add(move);
            got.add(event.as(0, new TypeReference<Move>() {}));
            got.add(event.bind(Whole.class).move());
        });
        a.receive("[\"e\"," + MOVE + "]");
        a.settle();
        var reply = a.socket().callAsync(Duration.ofSeconds(1), "q");
        a.answer("[" + MOVE + "]");
        got.add(reply.join().as(0, Move.class));
        assertThat(a.failures).isEmpty();
        assertThat(got).hasSize(4).containsOnly(new Move(2, Duration.ofSeconds(3)));
    }

    record Whole(Move move) {}

    @Test
    void keepsBytesAsAttachments() {
        var a = clients.join("a");
        a.socket().emit("e", new Mark(new byte[]{1}), Map.of("m", new byte[]{2}));
        assertThat(a.sent.getFirst().event().json()).isEqualTo("[\"e\",{\"its_bytes\":{\"_placeholder\":true,"
                + "\"num\":0}},{\"m\":{\"_placeholder\":true,\"num\":1}}]");
        var event = new IncomingEvent("e", a.sent.getFirst().event(), null,
                clients.namespace.context().json());
        assertThat(event.as(0, Mark.class).itsBytes()).containsExactly(1);
    }

    /** A mapper may be stricter than the decoder; what it says of it may quote what the client sent. */
    @Test
    void mapperFailureQuotesNothingOfTheEvent() {
        var event = new IncomingEvent("e", Arguments.of("[\"e\",{\"secret\":1,\"secret\":2}]"), null,
                clients.namespace.context().json());
        assertThatIllegalArgumentException().isThrownBy(() -> event.json(0))
                .withMessage("event \"e\": the JSON mapper does not accept it")
                .withNoCause();
    }

    @Test
    void leavesWhatIsPlainToTheServer() {
        var a = clients.join("a");
        a.socket().emit("e", "text");
        a.socket().emit("e", new byte[]{1});
        a.socket().emit("e", new RawJson("{\"howFar\":1}"), 7, true);
        assertThat(a.sent).extracting(one -> one.event().json())
                .containsExactly("[\"e\",\"text\"]", "[\"e\",{\"_placeholder\":true,\"num\":0}]",
                        "[\"e\",{\"howFar\":1},7,true]");
    }

    private static final class SecondsOut extends ValueSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toSeconds() + "s");
        }
    }

    private static final class SecondsIn extends ValueDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getString();
            return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
        }
    }
}
