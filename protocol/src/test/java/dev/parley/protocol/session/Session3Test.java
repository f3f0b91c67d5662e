package dev.parley.protocol.session;

import static dev.parley.protocol.session.NamedRequest.POLL;
import static dev.parley.protocol.session.NamedRequest.POST;
import static dev.parley.protocol.session.NamedRequest.UPGRADE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The differences of sessions of Engine.IO 3 from those of 4. */
class Session3Test {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionOptions OPTIONS = SessionOptions.defaults();

    private final Session polling = new Session("s", TransportKind.POLLING, OPTIONS, EngineRevision.V3);
    private final Session webSocket = new Session("s", TransportKind.WEBSOCKET, OPTIONS, EngineRevision.V3);

    @Test
    void respondsToPingsOfTheClient() {
        webSocket.on(new SessionInput.Opened(), START);
        assertThat(webSocket.on(new SessionInput.TextReceived("2"), at(25)))
                .containsExactly(write(new EnginePacket.Pong("")), new SessionEffect.Heartbeat());
        assertThat(webSocket.on(new SessionInput.Tick(), at(85))).containsExactly(wake(110));
    }

    @Test
    void missingPingEndsTheSession() {
        assertThat(polling.on(new SessionInput.Opened(), START)).containsExactly(wake(85));
        polling.on(new SessionInput.Polled(POLL), START);
        assertThat(polling.on(new SessionInput.Tick(), at(84))).containsExactly(wake(85));
        assertThat(polling.on(new SessionInput.Tick(), at(85))).containsExactly(
                new SessionEffect.Closed(CloseReason.PING_TIMEOUT), new SessionEffect.Release());
    }

    /** Found by the fuzzer: no effect follows the end of the session. */
    @Test
    void pongThatOverflowsTheQueueIsNoHeartbeat() {
        webSocket.on(new SessionInput.Opened(), START);
        webSocket.on(new SessionInput.WritabilityChanged(false), START);
        var most = new EnginePacket.Binary(new byte[(int) OPTIONS.maxQueued() - 1 - 64]);
        assertThat(webSocket.on(new SessionInput.Send(List.of(most)), START)).isEmpty();
        assertThat(webSocket.on(new SessionInput.Send(List.of(most)), START)).isEmpty();
        assertThat(webSocket.on(new SessionInput.TextReceived("2"), START)).containsExactly(
                new SessionEffect.CloseWebSocket(), new SessionEffect.Closed(CloseReason.SEND_QUEUE_FULL),
                new SessionEffect.Release());
    }

    @Test
    void serverNeverPings() {
        webSocket.on(new SessionInput.Opened(), START);
        webSocket.on(new SessionInput.TextReceived("2"), at(20));
        assertThat(webSocket.on(new SessionInput.Tick(), at(30))).containsExactly(wake(105));
    }

    @Test
    void pongOfTheClientEndsTheSession() {
        webSocket.on(new SessionInput.Opened(), START);
        assertThat(webSocket.on(new SessionInput.TextReceived("3"), START)).containsExactly(
                new SessionEffect.CloseWebSocket(),
                new SessionEffect.Closed(CloseReason.TRANSPORT_ERROR, CloseCause.UNEXPECTED_PONG),
                new SessionEffect.Release());
    }

    @Test
    void decodesTextAndBinaryPayloads() {
        opened();
        polling.on(new SessionInput.PostStarted(POST), START);
        assertThat(polling.on(new SessionInput.PostReceived(POST, "4:4one4:4two"), START))
                .containsExactly(deliver("one"), deliver("two"), new SessionEffect.RespondToPost(POST));
        polling.on(new SessionInput.PostStarted(POST), START);
        byte[] bytes = {0, 2, (byte) 255, '4', 'a', 1, 2, (byte) 255, 4, 9};
        var effects = polling.on(new SessionInput.BinaryPostReceived(POST, bytes), START);
        assertThat(effects.getFirst()).isEqualTo(deliver("a"));
        assertThat(effects.get(1)).isInstanceOfSatisfying(SessionEffect.Deliver.class,
                delivered -> assertThat(((EnginePacket.Binary) delivered.packet()).data())
                        .containsExactly(9));
        assertThat(effects.get(2)).isEqualTo(new SessionEffect.RespondToPost(POST));
    }

    @Test
    void payloadOfTheOtherRevisionEndsTheSession() {
        opened();
        polling.on(new SessionInput.PostStarted(POST), START);
        assertThat(polling.on(new SessionInput.PostReceived(POST, "4one\u001e4two"), START)).containsExactly(
                new SessionEffect.Closed(CloseReason.PARSE_ERROR),
                new SessionEffect.RefusePost(POST, EngineError.BAD_REQUEST), new SessionEffect.Release());
        var fourth = new Session("s", TransportKind.POLLING, OPTIONS);
        fourth.on(new SessionInput.Opened(), START);
        fourth.on(new SessionInput.PostStarted(POST), START);
        assertThat(fourth.on(new SessionInput.BinaryPostReceived(POST, new byte[]{0, 1, -1, '4'}), START))
                .contains(new SessionEffect.Closed(CloseReason.PARSE_ERROR));
    }

    @Test
    void decodesBinaryFramesAndBase64Text() {
        webSocket.on(new SessionInput.Opened(), START);
        assertThat(binary(webSocket.on(new SessionInput.BinaryReceived(new byte[]{4, 1}), START)))
                .containsExactly(1);
        assertThat(binary(webSocket.on(new SessionInput.TextReceived("b4Ag=="), START))).containsExactly(2);
        assertThat(webSocket.on(new SessionInput.BinaryReceived(new byte[]{1, 1}), START))
                .contains(new SessionEffect.Closed(CloseReason.PARSE_ERROR));
    }

    @Test
    void upgradesLikeRevision4() {
        opened();
        polling.on(new SessionInput.Polled(POLL), START);
        polling.on(new SessionInput.WebSocketOffered(UPGRADE), START);
        assertThat(polling.on(new SessionInput.TextReceived("2probe"), START)).containsExactly(
                write(new EnginePacket.Pong("probe")),
                new SessionEffect.RespondToPoll(POLL, List.of(new EnginePacket.Noop())));
        assertThat(polling.on(new SessionInput.TextReceived("5"), START))
                .containsExactly(new SessionEffect.Upgraded());
    }

    private void opened() {
        polling.on(new SessionInput.Opened(), START);
        polling.on(new SessionInput.Polled(POLL), START);
    }

    private static byte[] binary(List<SessionEffect> effects) {
        return ((EnginePacket.Binary) ((SessionEffect.Deliver) effects.getFirst()).packet()).data();
    }

    private static Instant at(int second) {
        return START.plus(Duration.ofSeconds(second));
    }

    private static SessionEffect wake(int second) {
        return new SessionEffect.Wake(at(second));
    }

    private static SessionEffect write(EnginePacket packet) {
        return new SessionEffect.Write(List.of(packet));
    }

    private static SessionEffect deliver(String text) {
        return new SessionEffect.Deliver(new EnginePacket.Message(text));
    }
}
