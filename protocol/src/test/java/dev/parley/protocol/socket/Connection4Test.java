package dev.parley.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The differences of Socket.IO 4 from Socket.IO 5. */
class Connection4Test {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Connection connection = new Connection(ConnectionOptions.defaults(), EngineRevision.V3);

    @Test
    void joinsTheDefaultNamespaceWithoutARequest() {
        assertThat(connection.on(new ConnectionInput.Opened(), START)).containsExactly(
                new ConnectionEffect.Wake(START.plusSeconds(45)), new ConnectionEffect.Join("/", null));
        assertThat(connection.on(new ConnectionInput.Accept("/", "id"), START)).containsExactly(send("0"));
        assertThat(connection.on(new ConnectionInput.Tick(), START.plusSeconds(45))).isEmpty();
    }

    @Test
    void refusedClientTimesOut() {
        connection.on(new ConnectionInput.Opened(), START);
        connection.on(new ConnectionInput.Refuse("/", "{\"message\":\"no\"}"), START);
        assertThat(connection.on(new ConnectionInput.Tick(), START.plusSeconds(45)))
                .containsExactly(new ConnectionEffect.CloseSession(CloseReason.FORCED_SERVER_CLOSE));
    }

    @Test
    void queryAfterANamespaceBecomesCredentials() {
        assertThat(text("0/room?token=a%20b%2Cc&flag&x=%22,")).containsExactly(
                new ConnectionEffect.Join("/room", "{\"token\":\"a b,c\",\"flag\":\"\",\"x\":\"\\\"\"}"));
        assertThat(connection.on(new ConnectionInput.Accept("/room", "id"), START))
                .containsExactly(send("0/room,"));
        assertThat(text("0/other?")).containsExactly(new ConnectionEffect.Join("/other", null));
        assertThat(text("2/room,[\"hello\"]")).hasExactlyElementsOfTypes(ConnectionEffect.Deliver.class);
        assertThat(text("1/room,"))
                .containsExactly(new ConnectionEffect.Left("/room", CloseReason.CLIENT_NAMESPACE_DISCONNECT));
    }

    @Test
    void malformedQueryClosesTheSession() {
        assertThat(text("0/room?a=%zz,"))
                .containsExactly(new ConnectionEffect.CloseSession(CloseReason.PARSE_ERROR));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"message\":\"Invalid namespace\"}|\"Invalid namespace\"",
            "{\"message\":\"no\",\"data\":{\"code\":[1]}}|{\"code\":[1]}",
            "{\"data\":{\"message\":\"x\"},\"message\":\"no\"}|{\"message\":\"x\"}", "\"bare\"|\"bare\""})
    void connectErrorIsABareValue(String json, String value) {
        text("0/nowhere,");
        assertThat(connection.on(new ConnectionInput.Refuse("/nowhere", json), START))
                .containsExactly(send("4/nowhere," + value));
    }

    private List<ConnectionEffect> text(String text) {
        return connection.on(new ConnectionInput.TextReceived(new EnginePacket.Message(text)), START);
    }

    private static ConnectionEffect send(String text) {
        return new ConnectionEffect.Send(List.of(new EnginePacket.Message(text)));
    }
}
