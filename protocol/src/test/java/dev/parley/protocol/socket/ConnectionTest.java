package dev.parley.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact effects of each input of a connection. */
class ConnectionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Connection connection = new Connection(
            new ConnectionOptions(Duration.ofSeconds(45), 3, 2, SocketLimits.defaults()));

    @Test
    void ownerDecidesWhetherAClientJoins() {
        assertThat(text("0{\"token\":1}")).containsExactly(new ConnectionEffect.Join("/", "{\"token\":1}"));
        assertThat(on(new ConnectionInput.Accept("/", "id"))).containsExactly(send("0{\"sid\":\"id\"}"));
        assertThat(text("0/admin,")).containsExactly(new ConnectionEffect.Join("/admin", null));
        assertThat(on(new ConnectionInput.Refuse("/admin", "{\"message\":\"no\"}")))
                .containsExactly(send("4/admin,{\"message\":\"no\"}"));
    }

    @Test
    void ignoresARepeatedConnectWhilePendingAndWhenJoined() {
        assertThat(text("0")).containsExactly(new ConnectionEffect.Join("/", null));
        assertThat(text("0")).isEmpty();
        assertThat(on(new ConnectionInput.Accept("/", "id"))).containsExactly(send("0{\"sid\":\"id\"}"));
        assertThat(text("0{\"token\":2}")).isEmpty();
        assertThat(text("2[\"a\"]"))
                .containsExactly(new ConnectionEffect.Deliver("/", null, Arguments.of("[\"a\"]")));
    }

    @Test
    void closesASessionThatJoinsNothingInTime() {
        assertThat(on(new ConnectionInput.Opened())).containsExactly(new ConnectionEffect.Wake(at(45)));
        assertThat(connection.on(new ConnectionInput.Tick(), at(45)))
                .containsExactly(new ConnectionEffect.CloseSession(CloseReason.FORCED_SERVER_CLOSE));
    }

    @Test
    void joinedClientHasNoTimeLimit() {
        on(new ConnectionInput.Opened());
        joined();
        assertThat(connection.on(new ConnectionInput.Tick(), at(45))).isEmpty();
    }

    @Test
    void refusedClientKeepsItsTimeLimit() {
        on(new ConnectionInput.Opened());
        text("0/nowhere,");
        on(new ConnectionInput.Refuse("/nowhere", "{}"));
        text("0/slow,");
        assertThat(connection.on(new ConnectionInput.Tick(), at(45)))
                .containsExactly(new ConnectionEffect.CloseSession(CloseReason.FORCED_SERVER_CLOSE));
    }

    @Test
    void deliversAndAcknowledgesEvents() {
        joined();
        assertThat(text("27[\"a\",1]"))
                .containsExactly(new ConnectionEffect.Deliver("/", 7L, Arguments.of("[\"a\",1]")));
        assertThat(on(new ConnectionInput.Acknowledge("/", 7, Arguments.of("[2]"))))
                .containsExactly(send("37[2]"));
    }

    @Test
    void deliversAnEventOnceItsAttachmentsArrive() {
        joined();
        byte[] bytes = {1, 2};
        assertThat(text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]")).isEmpty();
        assertThat(on(new ConnectionInput.BinaryReceived(new EnginePacket.Binary(bytes))))
                .containsExactly(new ConnectionEffect.Deliver("/", null,
                        new Arguments("[\"a\",{\"_placeholder\":true,\"num\":0}]", List.of(bytes))));
    }

    @Test
    void ackIdsCountFromZeroInEachNamespace() {
        joined();
        join("/other");
        assertThat(ask("/", 100)).containsExactly(send("20[\"q\"]"), new ConnectionEffect.Wake(at(10)));
        assertThat(ask("/other", 101)).containsExactly(send("2/other,0[\"q\"]"));
        assertThat(text("30[\"yes\"]"))
                .containsExactly(new ConnectionEffect.Acknowledged(100, Arguments.of("[\"yes\"]")));
        assertThat(text("30[\"again\"]")).isEmpty();
        assertThat(connection.on(new ConnectionInput.Tick(), at(10)))
                .containsExactly(new ConnectionEffect.AckFailed(101, ConnectionEffect.AckFailure.TIMEOUT));
    }

    @Test
    void limitsPendingAcks() {
        joined();
        ask("/", 1);
        ask("/", 2);
        assertThat(ask("/", 3))
                .containsExactly(new ConnectionEffect.AckFailed(3, ConnectionEffect.AckFailure.TOO_MANY));
        text("31[]");
        assertThat(ask("/", 4)).containsExactly(send("22[\"q\"]"));
    }

    @Test
    void leavingClientFailsPendingAcks() {
        joined();
        ask("/", 1);
        assertThat(text("1")).containsExactly(
                new ConnectionEffect.AckFailed(1, ConnectionEffect.AckFailure.LEFT),
                new ConnectionEffect.Left("/", CloseReason.CLIENT_NAMESPACE_DISCONNECT));
        assertThat(ask("/", 2))
                .containsExactly(new ConnectionEffect.AckFailed(2, ConnectionEffect.AckFailure.LEFT));
    }

    @Test
    void dropsEventsOfAClientThatWasRemoved() {
        joined();
        assertThat(on(new ConnectionInput.Leave("/"))).containsExactly(send("1"),
                new ConnectionEffect.Left("/", CloseReason.SERVER_NAMESPACE_DISCONNECT));
        assertThat(text("2[\"late\"]")).isEmpty();
        assertThat(text("0")).containsExactly(new ConnectionEffect.Join("/", null));
    }

    @Test
    void removalFromAllNamespacesClosesTheSession() {
        joined();
        assertThat(on(new ConnectionInput.LeaveAll())).containsExactly(send("1"),
                new ConnectionEffect.Left("/", CloseReason.SERVER_NAMESPACE_DISCONNECT),
                new ConnectionEffect.CloseSession(CloseReason.FORCED_CLOSE));
        assertThat(text("2[\"late\"]")).isEmpty();
    }

    @Test
    void eventBeforeJoiningClosesTheSession() {
        assertThat(text("2[\"a\"]"))
                .containsExactly(new ConnectionEffect.CloseSession(CloseReason.FORCED_SERVER_CLOSE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "2{}", "4{}", "51-[\"a\",{\"_placeholder\":true,\"num\":5}]"})
    void malformedPacketClosesTheSession(String text) {
        joined();
        assertThat(text(text)).containsExactly(new ConnectionEffect.CloseSession(CloseReason.PARSE_ERROR));
    }

    @Test
    void limitsTheNamespacesOfAClient() {
        joined();
        join("/a");
        join("/b");
        assertThat(text("0/c,")).containsExactly(new ConnectionEffect.CloseSession(CloseReason.PARSE_ERROR));
    }

    @Test
    void clientMayJoinAndLeaveManyNamespaces() {
        joined();
        for (int i = 0; i < 20; i++) {
            String name = "/n" + i;
            join(name);
            assertThat(text("1" + name + ",")).containsExactly(
                    new ConnectionEffect.Left(name, CloseReason.CLIENT_NAMESPACE_DISCONNECT));
            assertThat(text("2" + name + ",[\"late\"]")).isEmpty();
        }
        assertThat(text("2/n19,[\"late\"]")).isEmpty();
        join("/a");
        join("/b");
        assertThat(text("0/c,")).containsExactly(new ConnectionEffect.CloseSession(CloseReason.PARSE_ERROR));
    }

    @Test
    void eachNamespaceLearnsWhyTheSessionEnded() {
        joined();
        join("/a");
        assertThat(on(new ConnectionInput.SessionClosed(CloseReason.PING_TIMEOUT))).containsExactlyInAnyOrder(
                new ConnectionEffect.Left("/", CloseReason.PING_TIMEOUT),
                new ConnectionEffect.Left("/a", CloseReason.PING_TIMEOUT));
        assertThat(on(new ConnectionInput.Emit("/", Arguments.of("[\"a\"]"), null))).isEmpty();
        assertThat(ask("/", 9))
                .containsExactly(new ConnectionEffect.AckFailed(9, ConnectionEffect.AckFailure.LEFT));
    }

    private void joined() {
        join("/");
    }

    private void join(String namespace) {
        text("0" + (namespace.equals("/") ? "" : namespace + ","));
        on(new ConnectionInput.Accept(namespace, "id"));
    }

    private List<ConnectionEffect> ask(String namespace, long token) {
        var request = new ConnectionInput.AckRequest(token, at(10));
        return on(new ConnectionInput.Emit(namespace, Arguments.of("[\"q\"]"), request));
    }

    private List<ConnectionEffect> text(String text) {
        return on(new ConnectionInput.TextReceived(new EnginePacket.Message(text)));
    }

    private List<ConnectionEffect> on(ConnectionInput input) {
        return connection.on(input, START);
    }

    private static ConnectionEffect send(String text) {
        return new ConnectionEffect.Send(List.of(new EnginePacket.Message(text)));
    }

    private static Instant at(int second) {
        return START.plus(Duration.ofSeconds(second));
    }
}
