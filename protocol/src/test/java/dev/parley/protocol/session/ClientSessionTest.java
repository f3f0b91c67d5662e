package dev.parley.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EngineCodec;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact effects of each input of a client's session. */
class ClientSessionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final EngineHandshake HANDSHAKE = handshake(List.of("websocket"), 1_000);
    private static final String OPEN = open(HANDSHAKE);
    private static final EnginePacket HELLO = new EnginePacket.Message("hello");

    private final ClientSession polling = session(TransportKind.POLLING, false);
    private final ClientSession upgrading = session(TransportKind.POLLING, true);
    private final ClientSession webSocket = session(TransportKind.WEBSOCKET, false);

    @Test
    void pollsAgainAfterTheHandshake() {
        assertThat(polling.on(new ClientInput.Started(), START)).containsExactly(new ClientEffect.Poll());
        assertThat(polling.on(new ClientInput.PollReceived(OPEN), START))
                .containsExactly(new ClientEffect.Opened(HANDSHAKE), new ClientEffect.Poll(), wake(85));
    }

    @Test
    void deliversMessagesThatCameWithTheHandshake() {
        polling.on(new ClientInput.Started(), START);
        assertThat(polling.on(new ClientInput.PollReceived(OPEN + "\u001e4hello"), START)).containsExactly(
                new ClientEffect.Opened(HANDSHAKE), deliver(), new ClientEffect.Poll(), wake(85));
    }

    @Test
    void opensAWebSocketFirstIfSoConfigured() {
        assertThat(webSocket.on(new ClientInput.Started(), START))
                .containsExactly(new ClientEffect.OpenWebSocket());
        assertThat(webSocket.on(new ClientInput.WebSocketOpened(), START)).isEmpty();
        assertThat(text(webSocket, OPEN)).containsExactly(new ClientEffect.Opened(HANDSHAKE), wake(85));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4hello", "6", "2"})
    void firstPacketWithoutHandshakeEndsTheSession(String body) {
        polling.on(new ClientInput.Started(), START);
        assertThat(polling.on(new ClientInput.PollReceived(body), START))
                .containsExactly(closed(Cause.NO_HANDSHAKE));
    }

    @Test
    void malformedHandshakeEndsTheSession() {
        polling.on(new ClientInput.Started(), START);
        assertThat(polling.on(new ClientInput.PollReceived("0{}"), START)).containsExactly(
                closed(new ClientFailure.Malformed(true, "a handshake without a session id")));
    }

    @Test
    void malformedPayloadEndsTheSession() {
        opened(polling);
        assertThat(polling.on(new ClientInput.PollReceived("9"), START))
                .containsExactly(closed(new ClientFailure.Malformed(false, "unknown packet type")));
        assertThat(polling.on(new ClientInput.Send(List.of(HELLO)), START)).isEmpty();
    }

    @Test
    void packetsQueueWhileAPostIsPending() {
        opened(polling);
        assertThat(send(polling, HELLO)).containsExactly(post(HELLO));
        assertThat(send(polling, HELLO)).isEmpty();
        assertThat(send(polling, new EnginePacket.Message("2"))).isEmpty();
        assertThat(polling.on(new ClientInput.PostSent(), START))
                .containsExactly(post(HELLO, new EnginePacket.Message("2")));
        assertThat(polling.on(new ClientInput.PostSent(), START)).isEmpty();
    }

    @Test
    void batchesFitIntoThePayloadOfTheServer() {
        polling.on(new ClientInput.Started(), START);
        polling.on(new ClientInput.PollReceived(open(handshake(List.of(), 30))), START);
        send(polling, HELLO);
        send(polling, HELLO);
        send(polling, HELLO);
        send(polling, HELLO);
        assertThat(polling.on(new ClientInput.PostSent(), START)).containsExactly(post(HELLO, HELLO));
        assertThat(polling.on(new ClientInput.PostSent(), START)).containsExactly(post(HELLO));
    }

    @Test
    void pongFollowsEachPing() {
        opened(polling);
        assertThat(polling.on(new ClientInput.PollReceived("4hello\u001e2"), START))
                .containsExactly(deliver(), post(new EnginePacket.Pong("")), new ClientEffect.Poll());
        opened(webSocket);
        assertThat(text(webSocket, "2")).containsExactly(write(new EnginePacket.Pong("")));
    }

    @Test
    void silentServerEndsTheSession() {
        opened(webSocket);
        assertThat(webSocket.on(new ClientInput.TextReceived("4hello"), at(20))).containsExactly(deliver());
        assertThat(webSocket.on(new ClientInput.Tick(), at(85))).containsExactly(wake(105));
        assertThat(webSocket.on(new ClientInput.Tick(), at(105)))
                .containsExactly(new ClientEffect.AbortWebSocket(), closed(Cause.SILENCE));
        opened(polling);
        assertThat(polling.on(new ClientInput.Tick(), at(85)))
                .containsExactly(new ClientEffect.AbortPolling(), closed(Cause.SILENCE));
    }

    @Test
    void closePacketEndsTheSession() {
        opened(polling);
        assertThat(polling.on(new ClientInput.PollReceived("4hello\u001e1"), START))
                .containsExactly(deliver(), closed(Cause.CLOSED_BY_SERVER));
    }

    @Test
    void lostTransportEndsTheSession() {
        opened(polling);
        assertThat(polling.on(new ClientInput.PollFailed(new Lost("transport error")), START))
                .containsExactly(closed(new Lost("transport error")));
        var posting = session(TransportKind.POLLING, false);
        opened(posting);
        send(posting, HELLO);
        assertThat(posting.on(new ClientInput.PostFailed(new Lost("transport error")), START))
                .containsExactly(new ClientEffect.AbortPolling(), closed(new Lost("transport error")));
        opened(webSocket);
        assertThat(webSocket.on(new ClientInput.WebSocketLost(new Lost("transport close")), START))
                .containsExactly(new ClientEffect.AbortWebSocket(), closed(new Lost("transport close")));
    }

    @Test
    void upgradesOnceNoRequestIsPending() {
        assertThat(opened(upgrading)).containsExactly(new ClientEffect.Opened(HANDSHAKE),
                new ClientEffect.OpenWebSocket(), new ClientEffect.Poll(), wake(20));
        assertThat(upgrading.on(new ClientInput.WebSocketOpened(), at(1)))
                .containsExactly(write(new EnginePacket.Ping("probe")));
        assertThat(upgrading.on(new ClientInput.Written(), at(1))).isEmpty();
        assertThat(send(upgrading, HELLO)).containsExactly(post(HELLO));
        assertThat(text(upgrading, "3probe")).isEmpty();
        assertThat(send(upgrading, HELLO)).isEmpty();
        assertThat(upgrading.on(new ClientInput.PollReceived("4hello"), at(1))).containsExactly(deliver());
        assertThat(upgrading.on(new ClientInput.PostSent(), at(1)))
                .containsExactly(write(new EnginePacket.Upgrade()), new ClientEffect.Upgraded());
        assertThat(upgrading.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(upgrading.on(new ClientInput.Written(), at(1))).containsExactly(write(HELLO));
    }

    @Test
    void doesNotUpgradeIfTheServerOffersNone() {
        upgrading.on(new ClientInput.Started(), START);
        var handshake = handshake(List.of(), 1_000);
        assertThat(upgrading.on(new ClientInput.PollReceived(open(handshake)), START))
                .containsExactly(new ClientEffect.Opened(handshake), new ClientEffect.Poll(), wake(85));
    }

    @Test
    void lostProbeLeavesTheSessionOnPolling() {
        opened(upgrading);
        assertThat(upgrading.on(new ClientInput.WebSocketLost(new Lost("refused")), START))
                .containsExactly(new ClientEffect.UpgradeFailed(new Lost("refused")));
        assertThat(send(upgrading, HELLO)).containsExactly(post(HELLO));
    }

    @Test
    void wrongProbeResponseFailsTheUpgrade() {
        opened(upgrading);
        upgrading.on(new ClientInput.WebSocketOpened(), START);
        assertThat(text(upgrading, "4hello")).containsExactly(new ClientEffect.AbortWebSocket(),
                new ClientEffect.UpgradeFailed(Cause.PROBE_WRONG));
    }

    @Test
    void pollsAgainIfTheUpgradeTimesOut() {
        opened(upgrading);
        upgrading.on(new ClientInput.WebSocketOpened(), START);
        upgrading.on(new ClientInput.Written(), START);
        send(upgrading, HELLO);
        text(upgrading, "3probe");
        assertThat(upgrading.on(new ClientInput.PollReceived("6"), at(1))).isEmpty();
        assertThat(upgrading.on(new ClientInput.Tick(), at(20))).containsExactly(
                new ClientEffect.AbortWebSocket(), new ClientEffect.UpgradeFailed(Cause.POLLING_NOT_ENDED),
                new ClientEffect.Poll(), wake(86));
    }

    @Test
    void sendsQueuedPacketsBeforeTheClosePacket() {
        opened(polling);
        send(polling, HELLO);
        send(polling, HELLO);
        assertThat(polling.on(new ClientInput.CloseRequested(), START)).containsExactly(wake(1));
        assertThat(polling.on(new ClientInput.PostSent(), START)).containsExactly(post(HELLO));
        assertThat(polling.on(new ClientInput.PostSent(), START))
                .containsExactly(post(new EnginePacket.Close()));
        assertThat(polling.on(new ClientInput.PostSent(), START))
                .containsExactly(new ClientEffect.AbortPolling(), closed(Cause.LEFT));
    }

    @Test
    void closesAWebSocketOnceAllIsWritten() {
        opened(webSocket);
        send(webSocket, HELLO);
        assertThat(webSocket.on(new ClientInput.CloseRequested(), START)).containsExactly(wake(1));
        assertThat(webSocket.on(new ClientInput.Written(), START))
                .containsExactly(new ClientEffect.CloseWebSocket(), closed(Cause.LEFT));
    }

    @Test
    void closingSessionEndsAfterTheTimeout() {
        opened(polling);
        send(polling, HELLO);
        polling.on(new ClientInput.CloseRequested(), START);
        assertThat(polling.on(new ClientInput.Tick(), at(1))).containsExactly(new ClientEffect.AbortPolling(),
                closed(Cause.LEFT));
    }

    /** The official client waits until the upgrade has ended, and closes then; this one gives the upgrade up. */
    @Test
    void closingAbandonsTheUpgradeWithoutAFailure() {
        opened(upgrading);
        assertThat(upgrading.on(new ClientInput.CloseRequested(), START))
                .containsExactly(new ClientEffect.AbortWebSocket(), post(new EnginePacket.Close()), wake(1));
    }

    @Test
    void acceptsPacketsUntilItIsAskedToClose() {
        assertThat(polling.accepts()).isTrue();
        opened(polling);
        assertThat(polling.accepts()).isTrue();
        polling.on(new ClientInput.CloseRequested(), START);
        assertThat(polling.accepts()).isFalse();
        assertThat(send(polling, HELLO)).isEmpty();
    }

    @Test
    void lossWhileClosingIsTheClientsOwnEnd() {
        opened(polling);
        polling.on(new ClientInput.CloseRequested(), START);
        assertThat(polling.on(new ClientInput.PollFailed(new Lost("HTTP 400")), START))
                .containsExactly(new ClientEffect.AbortPolling(), closed(Cause.LEFT));
    }

    @Test
    void droppedSessionAbortsItsTransports() {
        opened(upgrading);
        assertThat(upgrading.on(new ClientInput.Dropped(new Lost("parse error")), START)).containsExactly(
                new ClientEffect.AbortPolling(), new ClientEffect.AbortWebSocket(),
                closed(new Lost("parse error")));
        assertThat(upgrading.on(new ClientInput.Tick(), at(85))).isEmpty();
    }

    private static ClientSession session(TransportKind transport, boolean upgrade) {
        return new ClientSession(new ClientSessionOptions(EngineRevision.V4, transport, upgrade,
                Duration.ofSeconds(20), Duration.ofSeconds(1), 100));
    }

    private static EngineHandshake handshake(List<String> upgrades, long maxPayload) {
        return new EngineHandshake("s", upgrades, Duration.ofSeconds(25), Duration.ofSeconds(60),
                OptionalLong.of(maxPayload));
    }

    private static String open(EngineHandshake handshake) {
        return EngineCodec.encode(new EnginePacket.Open(handshake.json()));
    }

    private static List<ClientEffect> opened(ClientSession session) {
        session.on(new ClientInput.Started(), START);
        if (session.transport() == TransportKind.POLLING) {
            return session.on(new ClientInput.PollReceived(OPEN), START);
        }
        session.on(new ClientInput.WebSocketOpened(), START);
        return text(session, OPEN);
    }

    private static List<ClientEffect> send(ClientSession session, EnginePacket packet) {
        return session.on(new ClientInput.Send(List.of(packet)), START);
    }

    private static List<ClientEffect> text(ClientSession session, String text) {
        return session.on(new ClientInput.TextReceived(text), START);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static ClientEffect wake(int second) {
        return new ClientEffect.Wake(at(second));
    }

    private static ClientEffect post(EnginePacket... packets) {
        return new ClientEffect.Post(List.of(packets));
    }

    private static ClientEffect write(EnginePacket packet) {
        return new ClientEffect.Write(List.of(packet));
    }

    private static ClientEffect deliver() {
        return new ClientEffect.Deliver(HELLO);
    }

    private static ClientEffect closed(ClientFailure why) {
        return new ClientEffect.Closed(why);
    }

    private record Lost(String reason) implements ClientFailure.Transport {}
}
