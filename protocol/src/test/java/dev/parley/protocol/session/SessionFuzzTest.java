package dev.parley.protocol.session;

import static dev.parley.protocol.session.NamedRequest.POLL;
import static dev.parley.protocol.session.NamedRequest.POST;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * A session under any order of inputs, valid or not. Each request gets one response; the application is told of the end once and of
 * nothing after it; each packet arrives once and in order, whatever the transport; the queue stays within its limit.
 */
class SessionFuzzTest {
    private static final SessionOptions OPTIONS = new SessionOptions(Duration.ofSeconds(25),
            Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(30), 1_000, 4, 2_000, true);

    @FuzzTest
    void keepsItsPromises(FuzzedDataProvider data) {
        var revision = data.consumeBoolean() ? EngineRevision.V4 : EngineRevision.V3;
        var transport = data.consumeBoolean() ? TransportKind.POLLING : TransportKind.WEBSOCKET;
        new Run(data, revision, transport).run();
    }

    /** One session with its client and its network. */
    private static final class Run {
        private final FuzzedDataProvider data;
        private final Session session;
        private final List<Integer> arrived = new ArrayList<>();
        private final Queue<Long> leaving = new ArrayDeque<>();
        private Instant now = Instant.EPOCH;
        private final Set<ClientRequest> pending = new HashSet<>();
        private NamedRequest poll = POLL;
        private NamedRequest post = POST;
        private boolean bodyAwaited;
        private int requests;
        private boolean webSocket;
        private boolean closed;
        private boolean paused;
        private boolean released;
        private int sent;

        Run(FuzzedDataProvider data, EngineRevision revision, TransportKind transport) {
            this.data = data;
            this.session = new Session("sid", transport, OPTIONS, revision);
            this.webSocket = transport == TransportKind.WEBSOCKET;
        }

        void run() {
            feed(new SessionInput.Opened());
            while (data.remainingBytes() > 0 && !released) {
                now = now.plusMillis(data.consumeInt(0, 9_000));
                step(data.consumeInt(0, 17));
                assertThat(released || session.queued() <= bound()).as("what waits is bounded").isTrue();
            }
            for (int i = 0; i < arrived.size(); i++) {
                assertThat(arrived.get(i)).as("in order and once").isEqualTo(i);
            }
        }

        private void step(int kind) {
            switch (kind) {
                case 0 -> poll();
                case 1 -> post();
                case 2 -> {
                    if (bodyAwaited) {
                        bodyAwaited = false;
                        feed(new SessionInput.PostReceived(post, data.consumeString(12)));
                        assertThat(pending.contains(post))
                                .as("a complete POST gets a response, or is delayed")
                                .isEqualTo(paused && !closed);
                    }
                }
                case 3 -> {
                    if (pending.remove(poll)) {
                        feed(new SessionInput.PollLost(poll));
                    }
                }
                case 4 -> {
                    if (bodyAwaited) {
                        bodyAwaited = false;
                        pending.remove(post);
                        feed(data.consumeBoolean() ? new SessionInput.PostLost(post)
                                : new SessionInput.PostRejected(post));
                    }
                }
                case 5 -> offer();
                case 6 -> frame(new SessionInput.TextReceived("2probe"));
                case 7 -> frame(new SessionInput.TextReceived("5"));
                case 8 -> frame(new SessionInput.TextReceived(data.consumeString(6)));
                case 9 -> frame(new SessionInput.BinaryReceived(data.consumeBytes(6)));
                case 10 -> {
                    if (webSocket) {
                        webSocket = false;
                        feed(data.consumeBoolean()
                                ? new SessionInput.WebSocketFailed(CloseCause.PROTOCOL_VIOLATION)
                                : new SessionInput.WebSocketLost());
                    }
                }
                case 11 -> frame(new SessionInput.WritabilityChanged(data.consumeBoolean()));
                case 12, 13 -> {
                    var message = new EnginePacket.Message(
                            "n" + sent++ + "x".repeat(data.consumeInt(0, 300)));
                    feed(new SessionInput.Send(List.of(message)));
                }
                case 14, 15 -> {
                    if (!leaving.isEmpty()) {
                        long weight = leaving.remove();
                        feed(kind == 14 ? new SessionInput.ResponseSent(weight)
                                : new SessionInput.ResponseLost(weight));
                    }
                }
                case 17 -> {
                    paused = !paused;
                    feed(new SessionInput.ReadingPaused(paused));
                    assertThat(paused || !postDelayed()).as("a delayed POST gets its response").isTrue();
                }
                default -> feed(
                        data.consumeInt(0, 9) == 0 ? new SessionInput.CloseRequested(CloseReason.FORCED_CLOSE)
                                : new SessionInput.Tick());
            }
        }

        /** The noops of an upgrade and a goodbye are not held back by the bound. */
        private long bound() {
            return OPTIONS.maxQueued() + 400 + leaving.stream().filter(weight -> weight <= 65).count() * 65;
        }

        private long onTheirWay() {
            return leaving.stream().mapToLong(Long::longValue).sum();
        }

        private NamedRequest request(String kind) {
            var request = new NamedRequest(kind + " " + requests++);
            pending.add(request);
            return request;
        }

        private boolean postDelayed() {
            return !bodyAwaited && pending.contains(post);
        }

        private void poll() {
            var request = request("poll");
            feed(new SessionInput.Polled(request));
            if (pending.contains(request)) {
                assertThat(pending.contains(poll)).as("at most one poll is pending").isFalse();
                poll = request;
            }
        }

        private void post() {
            var request = request("post");
            feed(new SessionInput.PostStarted(request));
            assertThat(session.awaitsBody(request)).isEqualTo(pending.contains(request));
            if (pending.contains(request)) {
                assertThat(pending.contains(post)).as("at most one POST is pending").isFalse();
                post = request;
                bodyAwaited = true;
            }
        }

        private void offer() {
            var upgrade = request("upgrade");
            feed(new SessionInput.WebSocketOffered(upgrade));
            assertThat(pending.contains(upgrade)).as("an upgrade gets its response at once").isFalse();
        }

        private void frame(SessionInput input) {
            if (webSocket) {
                feed(input);
            }
        }

        private void feed(SessionInput input) {
            for (SessionEffect effect : session.on(input, now)) {
                assertThat(released).as("nothing after the release: %s", effect).isFalse();
                see(effect);
            }
        }

        private void see(SessionEffect effect) {
            switch (effect) {
                case SessionEffect.RespondToPoll response -> {
                    responded(response);
                    leaving.add(response.weight());
                    take(response.packets());
                }
                case SessionEffect.AcceptWebSocket accept -> {
                    responded(accept);
                    assertThat(webSocket).as("no second WebSocket").isFalse();
                    webSocket = true;
                }
                case SessionEffect.TurnWebSocketAway turn -> {
                    responded(turn);
                    assertThat(webSocket).as("the session has one").isTrue();
                }
                case SessionEffect.Response response -> responded(response);
                case SessionEffect.UpgradeFailed failed ->
                    assertThat(session.transport()).isEqualTo(TransportKind.POLLING);
                case SessionEffect.PauseReading pause ->
                    assertThat(webSocket).as("a WebSocket to pause").isTrue();
                case SessionEffect.Write write -> {
                    assertThat(webSocket).as("a WebSocket to write to").isTrue();
                    take(write.packets());
                }
                case SessionEffect.CloseWebSocket close -> {
                    assertThat(webSocket).as("a WebSocket to close").isTrue();
                    webSocket = false;
                }
                case SessionEffect.Deliver deliver ->
                    assertThat(closed).as("nothing after the end").isFalse();
                case SessionEffect.Upgraded upgraded ->
                    assertThat(session.transport()).isEqualTo(TransportKind.WEBSOCKET);
                case SessionEffect.RoundTrip trip -> assertThat(trip.took().isNegative()).isFalse();
                case SessionEffect.Heartbeat heartbeat ->
                    assertThat(closed).as("no heartbeat after the end").isFalse();
                case SessionEffect.Drained drained -> assertThat(session.queued()).isEqualTo(onTheirWay());
                case SessionEffect.Wake wake -> {}
                case SessionEffect.Closed end -> {
                    assertThat(closed).as("ends once").isFalse();
                    assertThat(end.cause() == CloseCause.UNSPECIFIED).as("each transport error has its cause")
                            .isEqualTo(end.reason() != CloseReason.TRANSPORT_ERROR);
                    closed = true;
                }
                case SessionEffect.Release release -> {
                    assertThat(closed).as("closed before it is released").isTrue();
                    assertThat(pending.contains(poll)).as("no poll is left pending").isFalse();
                    assertThat(postDelayed()).as("no POST is left delayed").isFalse();
                    released = true;
                }
            }
        }

        private void responded(SessionEffect.Response response) {
            assertThat(pending.remove(response.request())).as("one response to each request").isTrue();
        }

        private void take(List<EnginePacket> packets) {
            for (EnginePacket packet : packets) {
                if (packet instanceof EnginePacket.Message message && message.text().startsWith("n")) {
                    arrived.add(Integer.parseInt(message.text().substring(1).replace("x", "")));
                }
            }
        }
    }
}
