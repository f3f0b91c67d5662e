package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A session under any order of inputs, sensible or not. Each request is answered once and each acceptance used; the application is told
 * of the end once and of nothing after it; what it sends arrives in order, once, on whichever transport; and no more than the bound waits.
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

    /** The world around one session: what hangs, what is open, and what has been seen. */
    private static final class Run {
        private final FuzzedDataProvider data;
        private final Session session;
        private final List<Integer> arrived = new ArrayList<>();
        private final Queue<Long> leaving = new ArrayDeque<>();
        private Instant now = Instant.EPOCH;
        private boolean pollHangs;
        private boolean pollArriving;
        private boolean postArriving;
        private boolean postOpen;
        private boolean webSocket;
        private boolean offering;
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
                    if (postOpen) {
                        postOpen = false;
                        postArriving = true;
                        feed(new SessionInput.PostReceived(data.consumeString(12)));
                        assertThat(postArriving).as("a whole post is answered, or held")
                                .isEqualTo(paused && !closed);
                    }
                }
                case 3 -> {
                    if (pollHangs) {
                        pollHangs = false;
                        feed(new SessionInput.PollLost());
                    }
                }
                case 4 -> {
                    if (postOpen) {
                        postOpen = false;
                        feed(data.consumeBoolean() ? new SessionInput.PostLost()
                                : new SessionInput.PostRejected());
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
                        feed(kind == 14 ? new SessionInput.AnswerTaken(weight)
                                : new SessionInput.AnswerLost(weight));
                    }
                }
                case 17 -> {
                    paused = !paused;
                    feed(new SessionInput.ReadingPaused(paused));
                    assertThat(paused || !postArriving).as("a held post is answered").isTrue();
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

        private void poll() {
            pollArriving = true;
            feed(new SessionInput.Polled());
            if (pollArriving) {
                assertThat(pollHangs).as("one poll hangs at most").isFalse();
                pollHangs = true;
                pollArriving = false;
            }
        }

        private void post() {
            if (postArriving) {
                return; // held: the effects do not say which post they mean, and an overlapping one has tests of its own
            }
            postArriving = true;
            feed(new SessionInput.PostStarted());
            if (postArriving) {
                assertThat(postOpen).as("one post at a time").isFalse();
                postOpen = true;
                postArriving = false;
            }
        }

        private void offer() {
            offering = true;
            feed(new SessionInput.WebSocketOffered());
            assertThat(offering).as("an offer is decided at once").isFalse();
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
                case SessionEffect.AnswerPoll answer -> {
                    assertThat(pollHangs || pollArriving).as("a poll to answer").isTrue();
                    pollArriving = pollHangs && pollArriving;
                    pollHangs = false;
                    leaving.add(answer.weight());
                    take(answer.packets());
                }
                case SessionEffect.RefusePoll refuse -> {
                    assertThat(pollArriving).isTrue();
                    pollArriving = false;
                }
                case SessionEffect.AnswerPost answer -> answerPost();
                case SessionEffect.RefusePost refuse -> answerPost();
                case SessionEffect.AcceptWebSocket accept -> {
                    assertThat(offering && !webSocket).as("no second WebSocket").isTrue();
                    offering = false;
                    webSocket = true;
                }
                case SessionEffect.TurnWebSocketAway turn -> {
                    assertThat(offering && webSocket).as("the session has one").isTrue();
                    offering = false;
                }
                case SessionEffect.RefuseWebSocket refuse -> {
                    assertThat(offering).isTrue();
                    offering = false;
                }
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
                    assertThat(closed).as("told before it is forgotten").isTrue();
                    assertThat(pollHangs).as("no poll is left hanging").isFalse();
                    released = true;
                }
            }
        }

        private void answerPost() {
            assertThat(postArriving).as("a post to answer").isTrue();
            postArriving = false;
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
