package dev.parley.server.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import dev.parley.server.ServerOptions;
import dev.parley.server.internal.socket.FakeClients;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event goes on under another name, its arguments as they came. */
class EventRenamerTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";
    private final FakeClients clients = new FakeClients(ServerOptions.defaults());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[\"old\"] | [\"new\"]",
            "[\"old\",1.50,{\"a\" : 1e2}] | [\"new\",1.50,{\"a\" : 1e2}]",
            "[\"o\\\"l\\\\\",\"]\"] | [\"new\",\"]\"]", "[\"o,[]d\\\\\\\"\", 1] | [\"new\", 1]",
            "[ \"old\" ,\"x\"] | [\"new\" ,\"x\"]", "[7,\"x\"] | [\"new\",\"x\"]", "[-7.5e3] | [\"new\"]",
            "[ 7 ] | [\"new\" ]", "[\"old\",\"\\ud83d\"] | [\"new\",\"\\ud83d\"]",
            "[\"o\\ud83d\",\"\\ud83d\",\"\ud83d\ude00\"] | [\"new\",\"\\ud83d\",\"\ud83d\ude00\"]"})
    void keepsTheArgumentsAsTheyCame(String json, String renamed) {
        assertThat(EventRenamer.of(Arguments.of(json), "new").json()).isEqualTo(renamed);
    }

    @Test
    void quotesTheNewName() {
        assertThat(EventRenamer.of(Arguments.of("[\"old\",1]"), "a\"b").json()).isEqualTo("[\"a\\\"b\",1]");
        assertThat(EventRenamer.of(Arguments.plain("old", "x"), "a\"b").json())
                .isEqualTo("[\"a\\\"b\",\"x\"]");
    }

    @Test
    void plainTextStaysPlain() {
        var renamed = EventRenamer.of(Arguments.plain("old", "x"), "new");
        assertThat(renamed.plainText()).contains("x");
        assertThat(renamed.json()).isEqualTo("[\"new\",\"x\"]");
    }

    @Test
    void sameNameIsTheSameEvent() {
        var event = Arguments.of("[\"old\" , 1]");
        assertThat(EventRenamer.of(event, "old")).isSameAs(event);
    }

    @Test
    void relaysToASocketAndToMany() {
        var a = clients.join("a", "red");
        var b = clients.join("b", "red");
        byte[] bytes = {1, 2};
        var event = event(new Arguments("[\"say\"," + PLACEHOLDER + ",\"\\ud83d\"]", List.of(bytes)));
        b.socket().relay("one", event);
        a.socket().to("red").relay("others", event);
        clients.namespace.to("red").relay("many", event);
        clients.namespace.relay("all", event);
        a.socket().self().asVolatile().relay("self", event);
        assertThat(clients.got("one")).isEqualTo(Map.of("b", 1));
        assertThat(clients.got("others")).isEqualTo(Map.of("b", 1));
        assertThat(clients.got("many")).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(clients.got("all")).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(clients.got("self")).isEqualTo(Map.of("a", 1));
        assertThat(b.sent.getFirst().event().json()).isEqualTo("[\"one\"," + PLACEHOLDER + ",\"\\ud83d\"]");
        assertThat(b.sent)
                .allSatisfy(sent -> assertThat(sent.event().attachments().getFirst()).isSameAs(bytes));
        assertThat(a.sent.getLast().isVolatile()).isTrue();
    }

    @Test
    void refusesWhatEmitRefuses() {
        var a = clients.join("a");
        var event = event(Arguments.of("[\"say\",1]"));
        assertThatIllegalArgumentException().isThrownBy(() -> a.socket().relay("disconnect", event))
                .withMessageContaining("disconnect");
        assertThatIllegalArgumentException().isThrownBy(() -> clients.namespace.relay("connect", event))
                .withMessageContaining("connect");
        var small = new FakeClients(ServerOptions.builder().maxOutgoingSize(20).build());
        var b = small.join("b");
        var large = event(Arguments.of("[\"say\",\"" + "x".repeat(20) + "\"]"));
        assertThatIllegalArgumentException().isThrownBy(() -> b.socket().relay("e", large));
        assertThatIllegalArgumentException().isThrownBy(() -> small.namespace.relay("e", large));
        assertThat(a.sent).isEmpty();
        assertThat(b.sent).isEmpty();
    }

    private static Event event(Arguments arguments) {
        return new IncomingEvent(arguments.name(), arguments, null, JsonCodec.DEFAULT);
    }
}
