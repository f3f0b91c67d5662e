package dev.parley.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.ClientFailure.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The client's side of revision 3, where it differs from revision 4: the client pings, and payloads have lengths. */
class ClientSession3Test {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final EngineHandshake HANDSHAKE = new EngineHandshake("s", List.of(),
            Duration.ofSeconds(25), Duration.ofSeconds(5), OptionalLong.empty());
    private static final EnginePacket OPEN = new EnginePacket.Open(HANDSHAKE.json());
    private static final EnginePacket HELLO = new EnginePacket.Message("hello");
    private static final ClientEffect PING = new ClientEffect.Write(List.of(new EnginePacket.Ping("")));

    private final ClientSession polling = session(TransportKind.POLLING);
    private final ClientSession webSocket = session(TransportKind.WEBSOCKET);

    @Test
    void readsTextAndBinaryPayloads() {
        polling.on(new ClientInput.Started(), START);
        String text = Engine3Codec.encodePayload(List.of(OPEN, HELLO));
        assertThat(polling.on(new ClientInput.PollReceived(text), START)).containsExactly(
                new ClientEffect.Opened(HANDSHAKE), new ClientEffect.Deliver(HELLO), new ClientEffect.Poll(),
                wake(25));
        byte[] binary = Engine3Codec.encodeBinaryPayload(List.of(HELLO));
        assertThat(polling.on(new ClientInput.BinaryPollReceived(binary), START))
                .containsExactly(new ClientEffect.Deliver(HELLO), new ClientEffect.Poll());
    }

    @Test
    void payloadOfRevision4EndsTheSession() {
        polling.on(new ClientInput.Started(), START);
        assertThat(polling.on(new ClientInput.PollReceived("0" + HANDSHAKE.json()), START)).containsExactly(
                new ClientEffect.Closed(new ClientFailure.Malformed(false, "a length that is no number")));
    }

    @Test
    void emptyFirstPayloadEndsTheSession() {
        polling.on(new ClientInput.Started(), START);
        assertThat(polling.on(new ClientInput.PollReceived("0:"), START))
                .containsExactly(new ClientEffect.Closed(Cause.NO_HANDSHAKE));
    }

    @Test
    void pingsAfterEachIntervalOncePonged() {
        open();
        assertThat(webSocket.on(new ClientInput.Tick(), at(25))).containsExactly(PING, wake(30));
        assertThat(webSocket.on(new ClientInput.Written(), at(25))).isEmpty();
        assertThat(webSocket.on(new ClientInput.TextReceived("3"), at(26))).isEmpty();
        assertThat(webSocket.on(new ClientInput.Tick(), at(30))).containsExactly(wake(51));
        assertThat(webSocket.on(new ClientInput.Tick(), at(51))).containsExactly(PING, wake(56));
    }

    @Test
    void missingPongEndsTheSession() {
        open();
        webSocket.on(new ClientInput.Tick(), at(25));
        assertThat(webSocket.on(new ClientInput.Tick(), at(30)))
                .containsExactly(new ClientEffect.AbortWebSocket(), new ClientEffect.Closed(Cause.SILENCE));
    }

    @Test
    void pingOfTheServerGetsNoPong() {
        open();
        assertThat(webSocket.on(new ClientInput.TextReceived("2"), START)).isEmpty();
    }

    @Test
    void binaryFramesBeginWithTheirType() {
        open();
        var delivered = webSocket.on(new ClientInput.BinaryReceived(new byte[]{4, 7}), START);
        assertThat(delivered).singleElement()
                .isInstanceOfSatisfying(ClientEffect.Deliver.class,
                        effect -> assertThat(effect.packet()).isInstanceOfSatisfying(
                                EnginePacket.Binary.class,
                                binary -> assertThat(binary.data()).containsExactly(7)));
    }

    private void open() {
        webSocket.on(new ClientInput.Started(), START);
        webSocket.on(new ClientInput.WebSocketOpened(), START);
        webSocket.on(new ClientInput.TextReceived(Engine3Codec.encode(OPEN)), START);
    }

    private static ClientSession session(TransportKind transport) {
        return new ClientSession(new ClientSessionOptions(EngineRevision.V3, transport, false,
                Duration.ofSeconds(20), Duration.ofSeconds(1), 100));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static ClientEffect wake(int second) {
        return new ClientEffect.Wake(at(second));
    }
}
