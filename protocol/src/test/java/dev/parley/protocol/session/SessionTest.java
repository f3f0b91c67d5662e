package dev.parley.protocol.session;

import static dev.parley.protocol.session.NamedRequest.POLL;
import static dev.parley.protocol.session.NamedRequest.POST;
import static dev.parley.protocol.session.NamedRequest.SECOND_POLL;
import static dev.parley.protocol.session.NamedRequest.SECOND_POST;
import static dev.parley.protocol.session.NamedRequest.SECOND_UPGRADE;
import static dev.parley.protocol.session.NamedRequest.UPGRADE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact effects of each input of a session. Time is a parameter, so that a minute passes at once. */
class SessionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionOptions OPTIONS = SessionOptions.defaults();
    private static final EnginePacket HELLO = new EnginePacket.Message("hello");
    private static final EnginePacket OPEN = new EnginePacket.Open(
            "{\"sid\":\"s\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":60000,\"maxPayload\":1000000}");

    private final Session polling = new Session("s", TransportKind.POLLING, OPTIONS);
    private final Session webSocket = new Session("s", TransportKind.WEBSOCKET, OPTIONS);

    @Test
    void firstPollReceivesTheHandshake() {
        assertThat(polling.on(new SessionInput.Opened(), START)).containsExactly(wake(25));
        assertThat(polling.on(new SessionInput.Polled(POLL), START)).containsExactly(answer(OPEN));
    }

    @Test
    void firstWebSocketReceivesAHandshakeWithoutUpgrades() {
        var noUpgrade = new EnginePacket.Open(
                "{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":60000,\"maxPayload\":1000000}");
        assertThat(webSocket.on(new SessionInput.Opened(), START)).containsExactly(write(noUpgrade),
                wake(25));
    }

    @Test
    void laterPacketsWaitForTheNextPoll() {
        opened(polling);
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(new SessionEffect.Drained());
        assertThat(send(polling, HELLO)).containsExactly(answer(HELLO));
        assertThat(send(polling, HELLO)).isEmpty();
        assertThat(send(polling, new EnginePacket.Binary(new byte[]{1}))).isEmpty();
        var effects = polling.on(new SessionInput.Polled(POLL), START);
        assertThat(effects).singleElement()
                .isInstanceOfSatisfying(SessionEffect.RespondToPoll.class,
                        a -> assertThat(a.packets()).hasSize(2));
    }

    @Test
    void deliversAPayloadInOrderBeforeItsResponse() {
        opened(polling);
        assertThat(polling.on(new SessionInput.PostStarted(POST), START)).isEmpty();
        assertThat(polling.on(new SessionInput.PostReceived(POST, "4one\u001e4two"), START))
                .containsExactly(deliver("one"), deliver("two"), new SessionEffect.RespondToPost(POST));
    }

    @Test
    void timesOutAfterAPingWithoutAPong() {
        opened(webSocket);
        assertThat(tick(webSocket, 25)).containsExactly(write(new EnginePacket.Ping("")), wake(85));
        assertThat(tick(webSocket, 85)).containsExactly(new SessionEffect.CloseWebSocket(),
                new SessionEffect.Closed(CloseReason.PING_TIMEOUT), new SessionEffect.Release());
    }

    @Test
    void pingsAgainAfterAPong() {
        opened(webSocket);
        tick(webSocket, 25);
        assertThat(webSocket.on(new SessionInput.TextReceived("3"), at(30))).containsExactly(
                new SessionEffect.RoundTrip(Duration.ofSeconds(5)), new SessionEffect.Heartbeat(), wake(55));
        assertThat(tick(webSocket, 55)).containsExactly(write(new EnginePacket.Ping("")), wake(115));
    }

    @Test
    void unexpectedPongHasNoRoundTrip() {
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.TextReceived("3"), at(10))).isEmpty();
    }

    @Test
    void countsQueuedAndUnsentBytes() {
        opened(polling);
        polling.on(new SessionInput.Send(List.of(new EnginePacket.Message("12345"))), START);
        polling.on(new SessionInput.Send(List.of(new EnginePacket.Message("123"))), START);
        // Each packet counts with an overhead of 64 bytes.
        assertThat(polling.queued()).isEqualTo(10 + 2 * 64);
        polling.on(new SessionInput.Polled(POLL), START);
        // A response that is not sent yet still counts.
        assertThat(polling.queued()).isEqualTo(10 + 2 * 64);
        polling.on(new SessionInput.ResponseSent(10 + 2 * 64), START);
        assertThat(polling.queued()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largestEventAndResponseDoNotCount(boolean anotherPollHangs) {
        opened(polling);
        send(polling, new EnginePacket.Binary(new byte[3_000_000]));
        var answer = (SessionEffect.RespondToPoll) polling.on(new SessionInput.Polled(POLL), START)
                .getFirst();
        if (anotherPollHangs) {
            polling.on(new SessionInput.Polled(POLL), START);
        }
        assertThat(send(polling, new EnginePacket.Binary(new byte[2_000_000]))).isEmpty();
        assertThat(send(polling, new EnginePacket.Binary(new byte[2_000_000]))).isEmpty();
        assertThat(send(polling, new EnginePacket.Binary(new byte[2_000_000])))
                .contains(new SessionEffect.Closed(CloseReason.SEND_QUEUE_FULL));
        assertThat(answer.weight()).isEqualTo(3_000_000 + 1 + 64);
    }

    @Test
    void sentResponseFreesTheQueue() {
        opened(polling);
        for (int i = 0; i < 3; i++) {
            assertThat(send(polling, new EnginePacket.Binary(new byte[3_000_000]))).isEmpty();
            var answer = (SessionEffect.RespondToPoll) polling.on(new SessionInput.Polled(POLL), START)
                    .getFirst();
            assertThat(polling.on(new SessionInput.ResponseSent(answer.weight()), START)).isEmpty();
        }
    }

    /** The next poll can arrive before the last response is known to be sent. */
    @Test
    void pendingPollRespondsOnceEarlierResponseIsSent() {
        opened(polling);
        send(polling, new EnginePacket.Binary(new byte[3_000_000]));
        var answer = (SessionEffect.RespondToPoll) polling.on(new SessionInput.Polled(POLL), START)
                .getFirst();
        polling.on(new SessionInput.Polled(POLL), START);
        var waits = new EnginePacket.Binary(new byte[2_000_000]);
        assertThat(send(polling, waits)).isEmpty();
        assertThat(polling.on(new SessionInput.ResponseSent(answer.weight()), START))
                .containsExactly(answer(waits));
    }

    @Test
    void lostPollResponseEndsTheSession() {
        opened(polling);
        send(polling, HELLO);
        polling.on(new SessionInput.Polled(POLL), START);
        polling.on(new SessionInput.Polled(POLL), START);
        assertThat(polling.on(new SessionInput.ResponseLost(70), START)).containsExactly(
                answer(new EnginePacket.Close()), error(CloseCause.RESPONSE_NOT_TAKEN),
                new SessionEffect.Release());
        assertThat(polling.on(new SessionInput.ResponseLost(65), START)).isEmpty();
    }

    @Test
    void pendingPollReceivesACloseOnPingTimeout() {
        opened(polling);
        polling.on(new SessionInput.Polled(POLL), START);
        assertThat(tick(polling, 25)).containsExactly(answer(new EnginePacket.Ping("")), wake(85));
        polling.on(new SessionInput.Polled(POLL), at(26));
        assertThat(tick(polling, 85)).containsExactly(answer(new EnginePacket.Close()),
                new SessionEffect.Closed(CloseReason.PING_TIMEOUT), new SessionEffect.Release());
    }

    @Test
    void overlappingPollsEndTheSession() {
        opened(polling);
        polling.on(new SessionInput.Polled(POLL), START);
        assertThat(polling.on(new SessionInput.Polled(SECOND_POLL), START)).containsExactly(
                new SessionEffect.RefusePoll(SECOND_POLL, EngineError.BAD_REQUEST),
                answer(new EnginePacket.Close()), error(CloseCause.OVERLAPPING_POLLS),
                new SessionEffect.Release());
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(new SessionEffect.RefusePoll(POLL, EngineError.UNKNOWN_SID));
    }

    @Test
    void overlappingPostsEndTheSession() {
        opened(polling);
        polling.on(new SessionInput.PostStarted(POST), START);
        assertThat(polling.on(new SessionInput.PostStarted(SECOND_POST), START)).containsExactly(
                new SessionEffect.RefusePost(SECOND_POST, EngineError.BAD_REQUEST),
                error(CloseCause.OVERLAPPING_POSTS), new SessionEffect.Release());
        assertThat(polling.on(new SessionInput.PostReceived(SECOND_POST, "4two"), START)).isEmpty();
        assertThat(polling.on(new SessionInput.PostReceived(POST, "4one"), START))
                .containsExactly(new SessionEffect.RefusePost(POST, EngineError.UNKNOWN_SID));
    }

    @Test
    void lostPollOrPostEndsTheSession() {
        opened(polling);
        polling.on(new SessionInput.Polled(POLL), START);
        assertThat(polling.on(new SessionInput.PollLost(POLL), START))
                .containsExactly(error(CloseCause.POLL_CANCELLED), new SessionEffect.Release());
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.PostLost(POST), START)).isEmpty();
        var posting = new Session("p", TransportKind.POLLING, OPTIONS);
        opened(posting);
        posting.on(new SessionInput.PostStarted(POST), START);
        assertThat(posting.on(new SessionInput.PostLost(POST), START))
                .containsExactly(error(CloseCause.POST_LOST), new SessionEffect.Release());
    }

    @Test
    void pingOfTheClientEndsTheSession() {
        opened(webSocket);
        assertThat(text(webSocket, "2")).containsExactly(new SessionEffect.CloseWebSocket(),
                error(CloseCause.UNEXPECTED_PING), new SessionEffect.Release());
    }

    /** In Engine.IO 4 on WebSocket, from a client that uses text only. */
    @Test
    void deliversBase64InATextFrame() {
        opened(webSocket);
        assertThat(text(webSocket, "bAQID")).singleElement()
                .isInstanceOfSatisfying(SessionEffect.Deliver.class,
                        deliver -> assertThat(((EnginePacket.Binary) deliver.packet()).data())
                                .containsExactly(1, 2, 3));
        assertThat(text(webSocket, "b!")).contains(new SessionEffect.Closed(CloseReason.PARSE_ERROR));
    }

    @Test
    void refusesAnUpgradeThatIsNotAllowed() {
        var fixed = new Session("f", TransportKind.POLLING,
                new SessionOptions(OPTIONS.pingInterval(), OPTIONS.pingTimeout(), OPTIONS.upgradeTimeout(),
                        OPTIONS.linger(), OPTIONS.maxPayload(), OPTIONS.maxPackets(), OPTIONS.maxQueued(),
                        false));
        opened(fixed);
        var refused = new SessionEffect.RefuseWebSocket(UPGRADE, EngineError.BAD_REQUEST);
        assertThat(fixed.on(new SessionInput.WebSocketOffered(UPGRADE), START)).containsExactly(refused);
        opened(polling);
        polling.on(new SessionInput.CloseRequested(CloseReason.FORCED_CLOSE), START);
        assertThat(polling.on(new SessionInput.WebSocketOffered(UPGRADE), START)).containsExactly(refused);
    }

    @Test
    void turnsAwayASecondWebSocket() {
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.WebSocketOffered(UPGRADE), START))
                .containsExactly(new SessionEffect.TurnWebSocketAway(UPGRADE));
    }

    @Test
    void upgradeSendsQueuedPackets() {
        opened(polling);
        polling.on(new SessionInput.Polled(POLL), START);
        assertThat(polling.on(new SessionInput.WebSocketOffered(UPGRADE), START))
                .containsExactly(new SessionEffect.AcceptWebSocket(UPGRADE));
        assertThat(text(polling, "2probe")).containsExactly(write(new EnginePacket.Pong("probe")),
                answer(new EnginePacket.Noop()));
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(answer(new EnginePacket.Noop()));
        assertThat(send(polling, HELLO)).isEmpty();
        assertThat(text(polling, "5")).containsExactly(write(HELLO), new SessionEffect.Upgraded());
        assertThat(polling.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(new SessionEffect.RefusePoll(POLL, EngineError.BAD_REQUEST));
        assertThat(polling.on(new SessionInput.PostStarted(POST), START))
                .containsExactly(new SessionEffect.RefusePost(POST, EngineError.BAD_REQUEST));
        assertThat(polling.on(new SessionInput.WebSocketOffered(UPGRADE), START))
                .containsExactly(new SessionEffect.TurnWebSocketAway(UPGRADE));
    }

    @Test
    void pollDuringTheUpgradeReceivesQueuedPackets() {
        probed();
        send(polling, HELLO);
        assertThat(polling.on(new SessionInput.Polled(POLL), START)).containsExactly(answer(HELLO));
    }

    @Test
    void turnsAwayASecondUpgrade() {
        probed();
        assertThat(polling.on(new SessionInput.WebSocketOffered(SECOND_UPGRADE), START))
                .containsExactly(new SessionEffect.TurnWebSocketAway(SECOND_UPGRADE));
    }

    @Test
    void pollingContinuesAfterAFailedUpgrade() {
        probed();
        assertThat(tick(polling, 30)).contains(new SessionEffect.UpgradeFailed(),
                new SessionEffect.CloseWebSocket());
        assertThat(polling.on(new SessionInput.Polled(POLL), at(30))).isNotEmpty();
        assertThat(polling.on(new SessionInput.WebSocketOffered(UPGRADE), at(31)))
                .contains(new SessionEffect.AcceptWebSocket(UPGRADE));
        assertThat(text(polling, "4not a probe")).containsExactly(new SessionEffect.UpgradeFailed(),
                new SessionEffect.CloseWebSocket());
        assertThat(polling.transport()).isEqualTo(TransportKind.POLLING);
    }

    @Test
    void upgradeWithoutAProbeFails() {
        opened(polling);
        polling.on(new SessionInput.WebSocketOffered(UPGRADE), START);
        assertThat(text(polling, "5")).containsExactly(new SessionEffect.UpgradeFailed(),
                new SessionEffect.CloseWebSocket());
        assertThat(polling.transport()).isEqualTo(TransportKind.POLLING);
    }

    @Test
    void lostWebSocketEndsOnlyItsOwnUpgrade() {
        opened(polling);
        polling.on(new SessionInput.WebSocketOffered(UPGRADE), START);
        assertThat(polling.isUpgrading(UPGRADE)).isTrue();
        assertThat(polling.on(new SessionInput.WebSocketNotOpened(UPGRADE), START))
                .containsExactly(new SessionEffect.UpgradeFailed());
        assertThat(polling.isUpgrading(UPGRADE)).isFalse();
        polling.on(new SessionInput.WebSocketOffered(SECOND_UPGRADE), START);
        assertThat(polling.on(new SessionInput.WebSocketNotOpened(UPGRADE), START)).isEmpty();
        assertThat(polling.isUpgrading(SECOND_UPGRADE)).isTrue();
        assertThat(polling.on(new SessionInput.WebSocketLost(), START))
                .containsExactly(new SessionEffect.UpgradeFailed());
    }

    @Test
    void lostWebSocketReleasesADelayedPost() {
        opened(polling);
        polling.on(new SessionInput.ReadingPaused(true), START);
        polling.on(new SessionInput.PostStarted(POST), START);
        polling.on(new SessionInput.PostReceived(POST, "4hello"), START);
        polling.on(new SessionInput.WebSocketOffered(UPGRADE), START);
        text(polling, "2probe");
        text(polling, "5");
        assertThat(polling.on(new SessionInput.WebSocketLost(), START)).containsExactly(
                new SessionEffect.RespondToPost(POST), new SessionEffect.Closed(CloseReason.TRANSPORT_CLOSE),
                new SessionEffect.Release());
    }

    @Test
    void lostPollThatIsNotPendingIsIgnored() {
        opened(polling);
        polling.on(new SessionInput.Polled(SECOND_POLL), START);
        assertThat(polling.on(new SessionInput.PollLost(POLL), START)).isEmpty();
    }

    @Test
    void queuesWhileTheWebSocketIsNotWritable() {
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.WritabilityChanged(false), START)).isEmpty();
        assertThat(send(webSocket, HELLO)).isEmpty();
        assertThat(send(webSocket, HELLO)).isEmpty();
        assertThat(webSocket.on(new SessionInput.WritabilityChanged(true), START))
                .containsExactly(new SessionEffect.Write(List.of(HELLO, HELLO)), new SessionEffect.Drained());
    }

    /** A channel accepts about 64 KB at once; the rest stays queued as packets. */
    @Test
    void writesManyEventsInPieces() {
        opened(webSocket);
        var large = new EnginePacket.Binary(new byte[40_000]);
        var all = List.<EnginePacket>of(large, large, HELLO, large);
        assertThat(webSocket.on(new SessionInput.Send(all, 0, 40_000), START))
                .containsExactly(new SessionEffect.Write(List.of(large)));
        assertThat(webSocket.wantsToWrite()).isTrue();
        assertThat(webSocket.writable()).isFalse();
        assertThat(webSocket.on(new SessionInput.Written(), START))
                .containsExactly(new SessionEffect.Write(List.of(large, HELLO)));
        webSocket.on(new SessionInput.WritabilityChanged(false), START);
        assertThat(webSocket.wantsToWrite()).isFalse();
        assertThat(webSocket.on(new SessionInput.Written(), START)).isEmpty();
        assertThat(webSocket.on(new SessionInput.WritabilityChanged(true), START))
                .containsExactly(new SessionEffect.Write(List.of(large)), new SessionEffect.Drained());
    }

    @Test
    void writesAnEventAsAWhole() {
        opened(webSocket);
        var event = List.<EnginePacket>of(HELLO, new EnginePacket.Binary(new byte[400_000]));
        assertThat(webSocket.on(new SessionInput.Send(event, 0, Long.MAX_VALUE), START))
                .containsExactly(new SessionEffect.Write(event));
    }

    @Test
    void pollResponseTakesAQuarterOfTheLimit() {
        opened(polling);
        var large = new EnginePacket.Binary(new byte[900_000]);
        send(polling, HELLO);
        send(polling, large);
        send(polling, large);
        send(polling, HELLO);
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(new SessionEffect.RespondToPoll(POLL, List.of(HELLO, large)));
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(new SessionEffect.RespondToPoll(POLL, List.of(large, HELLO)));
    }

    @Test
    void delaysAPostByTwentySecondsWhilePaused() {
        opened(polling);
        assertThat(polling.on(new SessionInput.ReadingPaused(true), START)).isEmpty();
        polling.on(new SessionInput.PostStarted(POST), at(1));
        assertThat(polling.on(new SessionInput.PostReceived(POST, "4hello"), at(1)))
                .containsExactly(deliver("hello"), wake(21));
        assertThat(polling.on(new SessionInput.Tick(), at(21)))
                .containsExactly(new SessionEffect.RespondToPost(POST), wake(25));
        polling.on(new SessionInput.PostStarted(POST), at(22));
        polling.on(new SessionInput.PostReceived(POST, "4hello"), at(22));
        assertThat(polling.on(new SessionInput.ReadingPaused(false), at(23)))
                .containsExactly(new SessionEffect.RespondToPost(POST));
    }

    @Test
    void refusesASecondPostWhileOneIsDelayed() {
        opened(polling);
        polling.on(new SessionInput.ReadingPaused(true), START);
        polling.on(new SessionInput.PostStarted(POST), START);
        polling.on(new SessionInput.PostReceived(POST, "4hello"), START);
        assertThat(polling.on(new SessionInput.PostStarted(SECOND_POST), START)).containsExactly(
                new SessionEffect.RefusePost(SECOND_POST, EngineError.BAD_REQUEST),
                new SessionEffect.RespondToPost(POST), error(CloseCause.OVERLAPPING_POSTS),
                new SessionEffect.Release());
    }

    @Test
    void pausedWebSocketIsPingedAgain() {
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.ReadingPaused(true), START))
                .containsExactly(new SessionEffect.PauseReading(true));
        assertThat(tick(webSocket, 25)).containsExactly(write(new EnginePacket.Ping("")), wake(85));
        assertThat(tick(webSocket, 85)).containsExactly(write(new EnginePacket.Ping("")), wake(145));
        assertThat(webSocket.on(new SessionInput.ReadingPaused(false), at(90)))
                .containsExactly(new SessionEffect.PauseReading(false));
        assertThat(tick(webSocket, 145)).containsExactly(wake(150));
        assertThat(tick(webSocket, 150)).contains(new SessionEffect.Closed(CloseReason.PING_TIMEOUT));
    }

    @Test
    void pausedPollingClientThatDoesNotPollTimesOut() {
        opened(polling);
        polling.on(new SessionInput.ReadingPaused(true), START);
        tick(polling, 25);
        assertThat(tick(polling, 85)).contains(new SessionEffect.Closed(CloseReason.PING_TIMEOUT));
    }

    @Test
    void pauseContinuesAfterAnUpgrade() {
        opened(polling);
        polling.on(new SessionInput.ReadingPaused(true), START);
        polling.on(new SessionInput.WebSocketOffered(UPGRADE), START);
        text(polling, "2probe");
        assertThat(text(polling, "5")).containsExactly(new SessionEffect.Upgraded(),
                new SessionEffect.PauseReading(true));
    }

    @Test
    void droppedSessionDropsQueuedPackets() {
        opened(polling);
        send(polling, HELLO);
        assertThat(polling.on(new SessionInput.Dropped(CloseReason.OVERLOADED), START)).containsExactly(
                new SessionEffect.Closed(CloseReason.OVERLOADED), new SessionEffect.Release());
        assertThat(polling.queued()).isZero();
    }

    @Test
    void fullQueueEndsTheSession() {
        opened(webSocket);
        webSocket.on(new SessionInput.WritabilityChanged(false), START);
        assertThat(send(webSocket, new EnginePacket.Binary(new byte[9_000_000]))).isEmpty();
        assertThat(send(webSocket, new EnginePacket.Binary(new byte[4_000_000 - 65 - 64]))).isEmpty();
        assertThat(send(webSocket, new EnginePacket.Noop())).containsExactly(
                new SessionEffect.CloseWebSocket(), new SessionEffect.Closed(CloseReason.SEND_QUEUE_FULL),
                new SessionEffect.Release());
    }

    @Test
    void closingSessionWaitsForPollsOfQueuedPackets() {
        opened(polling);
        send(polling, HELLO);
        assertThat(polling.on(new SessionInput.CloseRequested(CloseReason.FORCED_CLOSE), START))
                .containsExactly(new SessionEffect.Closed(CloseReason.FORCED_CLOSE));
        assertThat(polling.on(new SessionInput.Polled(POLL), START)).containsExactly(answer(HELLO));
        assertThat(polling.on(new SessionInput.Polled(POLL), START))
                .containsExactly(answer(new EnginePacket.Close()), new SessionEffect.Release());
    }

    @Test
    void closingSessionEndsAfterTheLinger() {
        opened(polling);
        polling.on(new SessionInput.CloseRequested(CloseReason.FORCED_CLOSE), START);
        assertThat(tick(polling, 25)).containsExactly(wake(30));
        assertThat(tick(polling, 30)).containsExactly(new SessionEffect.Release());
    }

    @ParameterizedTest
    @EnumSource(value = CloseReason.class, names = {"FORCED_CLOSE", "FORCED_SERVER_CLOSE",
            "SERVER_SHUTTING_DOWN", "PARSE_ERROR"})
    void writesQueuedPacketsBeforeClosingAWebSocket(CloseReason reason) {
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.CloseRequested(reason), START)).containsExactly(
                new SessionEffect.Closed(reason), new SessionEffect.CloseWebSocket(),
                new SessionEffect.Release());
        assertThat(send(webSocket, HELLO)).isEmpty();
    }

    @Test
    void lostAndFailedWebSocketsHaveDifferentReasons() {
        opened(webSocket);
        assertThat(webSocket.on(new SessionInput.WebSocketLost(), START)).containsExactly(
                new SessionEffect.Closed(CloseReason.TRANSPORT_CLOSE), new SessionEffect.Release());
        var other = new Session("t", TransportKind.WEBSOCKET, OPTIONS);
        opened(other);
        assertThat(other.on(new SessionInput.WebSocketFailed(CloseCause.MESSAGE_TOO_LARGE), START))
                .containsExactly(error(CloseCause.MESSAGE_TOO_LARGE), new SessionEffect.Release());
    }

    private void probed() {
        opened(polling);
        polling.on(new SessionInput.WebSocketOffered(UPGRADE), START);
        text(polling, "2probe");
    }

    private static void opened(Session session) {
        session.on(new SessionInput.Opened(), START);
        if (session.transport() == TransportKind.POLLING) {
            var handshake = (SessionEffect.RespondToPoll) session.on(new SessionInput.Polled(POLL), START)
                    .getFirst();
            session.on(new SessionInput.ResponseSent(handshake.weight()), START);
        }
    }

    private static List<SessionEffect> send(Session session, EnginePacket packet) {
        return session.on(new SessionInput.Send(List.of(packet)), START);
    }

    private static List<SessionEffect> text(Session session, String text) {
        return session.on(new SessionInput.TextReceived(text), START);
    }

    private static List<SessionEffect> tick(Session session, int second) {
        return session.on(new SessionInput.Tick(), at(second));
    }

    private static Instant at(int second) {
        return START.plus(Duration.ofSeconds(second));
    }

    private static SessionEffect wake(int second) {
        return new SessionEffect.Wake(at(second));
    }

    private static SessionEffect answer(EnginePacket packet) {
        return new SessionEffect.RespondToPoll(POLL, List.of(packet));
    }

    private static SessionEffect write(EnginePacket packet) {
        return new SessionEffect.Write(List.of(packet));
    }

    private static SessionEffect error(CloseCause cause) {
        return new SessionEffect.Closed(CloseReason.TRANSPORT_ERROR, cause);
    }

    private static SessionEffect deliver(String text) {
        return new SessionEffect.Deliver(new EnginePacket.Message(text));
    }
}
