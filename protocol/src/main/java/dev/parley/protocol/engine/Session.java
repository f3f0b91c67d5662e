package dev.parley.protocol.engine;

import dev.parley.protocol.Effects;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
/**
 * One Engine.IO session, the server's side. Its owner feeds it what happened and does what it answers. Not thread-safe: one thread at
 * a time. Bounded by its {@link SessionOptions}.
 *
 * <pre>
 * phase      input                          next      because
 * OPEN       a peer's fault, loss, timeout  CLOSED    at once; a hanging poll is told; a lost answer is a loss too
 * OPEN       CloseRequested, can be told    CLOSED    what waits goes first, then the close
 * OPEN       CloseRequested, no poll hangs  CLOSING   the last packets wait for the next poll
 * CLOSING    a poll, nothing waits; linger   CLOSED
 *
 * upgrade    input                          next      because
 * NONE       WebSocketOffered               OFFERED   the polling transport goes on
 * not NONE   WebSocketOffered               the same  turned away, as on a session that runs over WebSocket
 * OFFERED    ping "probe"                   PROBED    pong; the hanging poll and all later ones are answered at once
 * PROBED     upgrade                        NONE      the WebSocket is the transport now; polls are refused
 * not NONE   anything else, or too late     NONE      the WebSocket is closed and polling goes on
 * </pre>
 */
public final class Session {
    private static final String PROBE = "probe";
    /** Maximum time that a POST waits for its response while reading is paused. Proxies cut requests that take longer. */
    private static final Duration MAX_POST_DELAY = Duration.ofSeconds(20);
    /** Bytes that a WebSocket is given at once: what Netty and other channels hold before they call themselves full. */
    private static final long WRITE_SIZE = 64 * 1024;

    private enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }

    private enum Upgrade {
        NONE,
        OFFERED,
        PROBED
    }

    private final String sid;
    private final SessionOptions options;
    private final Inbound inbound;
    private final boolean clientPings;
    private final SendQueue queue;
    private final SessionDeadlines deadlines = new SessionDeadlines();
    private TransportKind transport;
    private Phase phase = Phase.OPEN;
    private Upgrade upgrade = Upgrade.NONE;
    private boolean polling;
    private boolean posting;
    private boolean writable = true;
    private boolean paused;
    /** Whether the pong that is awaited was given more time, so that it measures no round trip. */
    private boolean delayed;
    private boolean releasing;
    private final Effects<SessionEffect> effects = new Effects<>();

    /** A session of revision 4. */
    public Session(String sid, TransportKind transport, SessionOptions options) {
        this(sid, transport, options, EngineRevision.V4);
    }

    /**
     * A session that is still to be given its first input.
     *
     * @param sid      its secret name, told to the client
     * @param revision that the client speaks
     */
    public Session(String sid, TransportKind transport, SessionOptions options, EngineRevision revision) {
        this.sid = sid;
        this.transport = transport;
        this.options = options;
        this.inbound = new Inbound(revision, options.maxPackets());
        this.clientPings = revision == EngineRevision.V3;
        this.queue = new SendQueue(options.maxQueued());
    }

    /** The transport in use. */
    public TransportKind transport() {
        return transport;
    }

    /** Whether packets sent now would leave at once: nothing waits, and the WebSocket takes more or a poll hangs. */
    public boolean writable() {
        boolean ready = transport == TransportKind.WEBSOCKET ? writable : polling;
        return phase == Phase.OPEN && ready && queue.isEmpty();
    }

    /** Bytes that wait for the client or are on their way in answers to polls, as they count towards {@link SessionOptions#maxQueued}. */
    public long queued() {
        return queue.weight();
    }

    /** Bytes of {@link #queued} that other sessions hold too, since they belong to a broadcast. */
    public long shared() {
        return queue.shared();
    }

    /** Whether packets wait that the WebSocket would take: {@link SessionInput.Written} is due once it has what it was given before. */
    public boolean wantsToWrite() {
        return phase == Phase.OPEN && transport == TransportKind.WEBSOCKET && writable && !queue.isEmpty();
    }

    /** Takes in what happened at an instant, and answers what is to be done, in that order. */
    public List<SessionEffect> on(SessionInput input, Instant now) {
        effects.clear();
        switch (input) {
            case SessionInput.TextReceived received -> received(inbound.frame(received.text()), now);
            case SessionInput.MessageReceived received -> received(received.message(), now);
            case SessionInput.BinaryReceived received -> received(inbound.frame(received.data()), now);
            case SessionInput.Send send -> send(send.packets(), send.shared(), send.largest());
            case SessionInput.Polled polled -> polled();
            case SessionInput.PostStarted started -> postStarted();
            case SessionInput.PostReceived received -> postReceived(inbound.payload(received.body()), now);
            case SessionInput.BinaryPostReceived received ->
                postReceived(inbound.payload(received.body()), now);
            case SessionInput.PollLost lost -> pollLost();
            case SessionInput.AnswerTaken taken -> answerTaken(taken.weight());
            case SessionInput.AnswerLost lost -> {
                queue.left(lost.weight());
                fail(CloseCause.RESPONSE_NOT_TAKEN);
            }
            case SessionInput.PostLost lost -> postLost();
            case SessionInput.PostRejected rejected -> posting = false;
            case SessionInput.WebSocketOffered offered -> offered(now);
            case SessionInput.WebSocketLost lost ->
                webSocketGone(CloseReason.TRANSPORT_CLOSE, CloseCause.UNSPECIFIED);
            case SessionInput.WebSocketFailed failed ->
                webSocketGone(CloseReason.TRANSPORT_ERROR, failed.cause());
            case SessionInput.WritabilityChanged changed -> writability(changed.writable());
            case SessionInput.Written written -> writeMore();
            case SessionInput.ReadingPaused paused -> readingPaused(paused.paused(), now);
            case SessionInput.CloseRequested requested -> closeInOrder(requested.reason(), now);
            case SessionInput.Dropped dropped -> closeNow(dropped.reason());
            case SessionInput.Opened opened -> opened(now);
            case SessionInput.Tick tick -> tick(now);
        }
        if (releasing) {
            releasing = false;
            effects.add(new SessionEffect.Release());
        }
        Instant wake = deadlines.newWake();
        if (wake != null) {
            effects.add(new SessionEffect.Wake(wake));
        }
        return effects.take();
    }

    private void opened(Instant now) {
        if (clientPings) {
            awaitPing(now);
        } else {
            deadlines.pingAt = now.plus(options.pingInterval());
        }
        send(List.of(new EnginePacket.Open(options.handshake(sid, transport))));
    }

    private void polled() {
        if (phase == Phase.CLOSED) {
            effects.add(new SessionEffect.RefusePoll(EngineError.UNKNOWN_SID));
        } else if (transport == TransportKind.WEBSOCKET) {
            effects.add(new SessionEffect.RefusePoll(EngineError.BAD_REQUEST));
        } else if (polling) {
            effects.add(new SessionEffect.RefusePoll(EngineError.BAD_REQUEST));
            fail(CloseCause.OVERLAPPING_POLLS);
        } else if (!queue.isEmpty()) {
            // While closing too: clients look at a close before the messages that came with it, so it follows alone.
            answer(queue.drainResponse());
        } else if (phase == Phase.CLOSING) {
            answer(List.of(new EnginePacket.Close()));
            release();
        } else if (upgrade == Upgrade.PROBED) {
            answerWithNoop();
        } else {
            polling = true;
            effects.add(new SessionEffect.Drained());
        }
    }

    /** A poll may hang whose packets had no room beside this answer. */
    private void answerTaken(long weight) {
        queue.left(weight);
        if (phase == Phase.OPEN && polling && !queue.isEmpty()) {
            polling = false;
            answer(queue.drainResponse());
        }
    }

    private void pollLost() {
        if (polling) {
            polling = false;
            fail(CloseCause.POLL_CANCELLED);
        }
    }

    private void postStarted() {
        if (phase == Phase.CLOSED) {
            effects.add(new SessionEffect.RefusePost(EngineError.UNKNOWN_SID));
        } else if (transport == TransportKind.WEBSOCKET) {
            effects.add(new SessionEffect.RefusePost(EngineError.BAD_REQUEST));
        } else if (posting) {
            effects.add(new SessionEffect.RefusePost(EngineError.BAD_REQUEST));
            fail(CloseCause.OVERLAPPING_POSTS);
        } else {
            posting = true;
        }
    }

    private void postReceived(@Nullable List<EnginePacket> packets, Instant now) {
        posting = false;
        if (phase == Phase.CLOSED) {
            effects.add(new SessionEffect.RefusePost(EngineError.UNKNOWN_SID));
            return;
        }
        if (packets == null) {
            closeNow(CloseReason.PARSE_ERROR);
            effects.add(new SessionEffect.RefusePost(EngineError.BAD_REQUEST));
            return;
        }
        for (EnginePacket packet : packets) {
            handle(packet, now);
        }
        if (paused && phase == Phase.OPEN) {
            posting = true;
            deadlines.answerPostBy = now.plus(MAX_POST_DELAY);
        } else {
            effects.add(new SessionEffect.AnswerPost());
        }
    }

    private void answerHeldPost() {
        if (deadlines.answerPostBy != null) {
            deadlines.answerPostBy = null;
            posting = false;
            effects.add(new SessionEffect.AnswerPost());
        }
    }

    private void readingPaused(boolean nowPaused, Instant now) {
        if (paused == nowPaused || phase != Phase.OPEN) {
            return;
        }
        paused = nowPaused;
        if (!paused) {
            answerHeldPost();
            if (deadlines.pongBy != null && deadlines.pongBy.isBefore(now.plus(options.pingTimeout()))) {
                // The pong may have been unread until now.
                deadlines.pongBy = now.plus(options.pingTimeout());
                delayed = true;
            }
        }
        if (transport == TransportKind.WEBSOCKET) {
            effects.add(new SessionEffect.PauseReading(paused));
        }
    }

    private void writeQueue(long most) {
        long shared = queue.shared();
        var packets = queue.drain(most);
        effects.add(new SessionEffect.Write(packets, shared - queue.shared()));
    }

    private void writeMore() {
        if (wantsToWrite()) {
            writeQueue(WRITE_SIZE);
            if (queue.isEmpty()) {
                effects.add(new SessionEffect.Drained());
            }
        }
    }

    private void postLost() {
        if (posting) {
            posting = false;
            deadlines.answerPostBy = null;
            fail(CloseCause.POST_LOST);
        }
    }

    private void offered(Instant now) {
        if (phase == Phase.CLOSED) {
            effects.add(new SessionEffect.RefuseWebSocket(EngineError.UNKNOWN_SID));
            return;
        }
        if (transport == TransportKind.WEBSOCKET || upgrade != Upgrade.NONE) {
            // Engine.IO v4, "Upgrade": the session has one already, and that one is not disturbed.
            effects.add(new SessionEffect.TurnWebSocketAway());
            return;
        }
        if (phase == Phase.CLOSING || !options.upgrades()) {
            effects.add(new SessionEffect.RefuseWebSocket(EngineError.BAD_REQUEST));
            return;
        }
        upgrade = Upgrade.OFFERED;
        deadlines.upgradeBy = now.plus(options.upgradeTimeout());
        effects.add(new SessionEffect.AcceptWebSocket());
    }

    /** A message of the WebSocket; null when it is no packet. */
    private void received(@Nullable EnginePacket packet, Instant now) {
        if (phase != Phase.OPEN) {
            return;
        }
        if (transport == TransportKind.POLLING) {
            probing(packet);
        } else if (packet == null) {
            closeNow(CloseReason.PARSE_ERROR);
        } else {
            handle(packet, now);
        }
    }

    // Engine.IO v4, "Upgrade": the client probes with "2probe", and says "5" once its last poll has returned.
    private void probing(@Nullable EnginePacket packet) {
        if (upgrade == Upgrade.OFFERED && packet instanceof EnginePacket.Ping ping
                && ping.data().equals(PROBE)) {
            upgrade = Upgrade.PROBED;
            effects.add(new SessionEffect.Write(List.of(new EnginePacket.Pong(PROBE))));
            if (polling) {
                answerWithNoop();
            }
        } else if (upgrade == Upgrade.PROBED && packet instanceof EnginePacket.Upgrade) {
            if (polling) {
                answerWithNoop();
            }
            upgrade = Upgrade.NONE;
            deadlines.upgradeBy = null;
            transport = TransportKind.WEBSOCKET;
            if (!queue.isEmpty() && writable) {
                writeQueue(WRITE_SIZE);
            }
            effects.add(new SessionEffect.Upgraded());
            if (paused) {
                effects.add(new SessionEffect.PauseReading(true));
            }
        } else {
            abandonUpgrade();
        }
    }

    private void abandonUpgrade() {
        if (upgrade != Upgrade.NONE) {
            upgrade = Upgrade.NONE;
            deadlines.upgradeBy = null;
            writable = true;
            effects.add(new SessionEffect.CloseWebSocket());
        }
    }

    private void webSocketGone(CloseReason reason, CloseCause cause) {
        if (transport == TransportKind.WEBSOCKET) {
            if (phase == Phase.OPEN) {
                effects.add(new SessionEffect.Closed(reason, cause));
                release();
            }
        } else {
            upgrade = Upgrade.NONE;
            deadlines.upgradeBy = null;
            writable = true;
        }
    }

    private void writability(boolean nowWritable) {
        writable = nowWritable;
        if (wantsToWrite()) {
            writeMore();
        } else if (writable && transport == TransportKind.WEBSOCKET && phase == Phase.OPEN) {
            effects.add(new SessionEffect.Drained());
        }
    }

    private void handle(EnginePacket packet, Instant now) {
        if (phase != Phase.OPEN) {
            return;
        }
        switch (packet) {
            case EnginePacket.Message message -> effects.add(new SessionEffect.Deliver(message));
            case EnginePacket.Binary binary -> effects.add(new SessionEffect.Deliver(binary));
            // Engine.IO v4: the heartbeat goes from the server to the client; v3: the other way.
            case EnginePacket.Pong pong when !clientPings -> {
                if (deadlines.pongBy != null && !delayed) {
                    var pinged = deadlines.pongBy.minus(options.pingTimeout());
                    effects.add(new SessionEffect.RoundTrip(Duration.between(pinged, now)));
                }
                if (deadlines.pongBy != null) {
                    effects.add(new SessionEffect.Heartbeat());
                }
                delayed = false;
                deadlines.pongBy = null;
                deadlines.pingAt = now.plus(options.pingInterval());
            }
            case EnginePacket.Ping ping when clientPings -> {
                awaitPing(now);
                send(List.of(new EnginePacket.Pong(ping.data())));
                if (phase == Phase.OPEN) {
                    effects.add(new SessionEffect.Heartbeat());
                }
            }
            case EnginePacket.Ping ping -> fail(CloseCause.UNEXPECTED_PING);
            case EnginePacket.Pong pong -> fail(CloseCause.UNEXPECTED_PONG);
            case EnginePacket.Close close -> {
                if (polling) {
                    answerWithNoop();
                }
                closeNow(CloseReason.TRANSPORT_CLOSE);
            }
            case EnginePacket.Open ignored -> {}
            case EnginePacket.Upgrade ignored -> {}
            case EnginePacket.Noop ignored -> {}
        }
    }

    /** Engine.IO v3, "Timeouts": a client that pings is given its interval and the timeout on top. */
    private void awaitPing(Instant now) {
        deadlines.pongBy = now.plus(options.pingInterval()).plus(options.pingTimeout());
    }

    private void send(List<EnginePacket> packets) {
        send(packets, 0, Long.MAX_VALUE);
    }

    private void send(List<EnginePacket> packets, long shared, long largest) {
        if (phase != Phase.OPEN) {
            return;
        }
        boolean direct = queue.isEmpty();
        boolean oneEvent = largest == Long.MAX_VALUE;
        if (direct && transport == TransportKind.WEBSOCKET && writable
                && (oneEvent || SendQueue.weight(packets) <= WRITE_SIZE)) {
            effects.add(new SessionEffect.Write(packets, shared));
        } else if (direct && polling && queue.letsOut(packets)) {
            polling = false;
            answer(packets);
        } else if (!queue.addAll(packets, shared, largest)) {
            closeNow(CloseReason.SEND_QUEUE_FULL);
        } else if (direct && wantsToWrite()) {
            writeQueue(WRITE_SIZE);
        }
    }

    private void answerWithNoop() {
        polling = false;
        answer(List.of(new EnginePacket.Noop()));
    }

    private void answer(List<EnginePacket> packets) {
        queue.leaves(packets);
        effects.add(new SessionEffect.AnswerPoll(packets));
    }

    /** Ends the session for a fault of the client or the network on its transport. */
    private void fail(CloseCause cause) {
        closeNow(CloseReason.TRANSPORT_ERROR, cause);
    }

    private void closeNow(CloseReason reason) {
        closeNow(reason, CloseCause.UNSPECIFIED);
    }

    /** Ends the session without waiting for anything. */
    private void closeNow(CloseReason reason, CloseCause cause) {
        if (phase == Phase.CLOSED) {
            return;
        }
        answerHeldPost();
        boolean told = phase == Phase.CLOSING;
        abandonUpgrade();
        if (transport == TransportKind.WEBSOCKET) {
            effects.add(new SessionEffect.CloseWebSocket());
        } else if (polling) {
            polling = false;
            answer(List.of(new EnginePacket.Close()));
        }
        phase = Phase.CLOSED;
        if (!told) {
            effects.add(new SessionEffect.Closed(reason, cause));
        }
        release();
    }

    /** Ends the session once what waits for the client has been sent. */
    private void closeInOrder(CloseReason reason, Instant now) {
        if (phase != Phase.OPEN) {
            return;
        }
        abandonUpgrade();
        answerHeldPost();
        deadlines.clear();
        effects.add(new SessionEffect.Closed(reason));
        if (transport == TransportKind.WEBSOCKET) {
            if (!queue.isEmpty()) {
                writeQueue(Long.MAX_VALUE);
            }
            effects.add(new SessionEffect.CloseWebSocket());
            release();
        } else if (polling) {
            polling = false;
            answer(List.of(new EnginePacket.Close()));
            release();
        } else {
            phase = Phase.CLOSING;
            deadlines.lingerBy = now.plus(options.linger());
        }
    }

    /** Ends it for good; told last, after the answers to what is still being handled. */
    private void release() {
        phase = Phase.CLOSED;
        deadlines.clear();
        queue.drain();
        releasing = true;
    }

    private void tick(Instant now) {
        deadlines.woken();
        if (SessionDeadlines.due(deadlines.lingerBy, now)) {
            release();
        } else if (SessionDeadlines.due(deadlines.pongBy, now) && !heldUp()) {
            closeNow(CloseReason.PING_TIMEOUT);
        } else {
            if (SessionDeadlines.due(deadlines.pongBy, now)) {
                probePaused(now);
            }
            if (SessionDeadlines.due(deadlines.answerPostBy, now)) {
                answerHeldPost();
            }
            if (SessionDeadlines.due(deadlines.upgradeBy, now)) {
                abandonUpgrade();
            }
            if (SessionDeadlines.due(deadlines.pingAt, now)) {
                deadlines.pingAt = null;
                deadlines.pongBy = now.plus(options.pingTimeout());
                send(List.of(new EnginePacket.Ping("")));
            }
        }
    }

    /** Whether the peer may be there and cannot be heard, since its WebSocket is not read or its POST not answered. */
    private boolean heldUp() {
        return paused && (transport == TransportKind.WEBSOCKET || polling || posting);
    }

    /** While reading is paused a missing pong proves nothing; something is written, which fails once the TCP connection is broken. */
    private void probePaused(Instant now) {
        delayed = true;
        deadlines.pongBy = now.plus(options.pingTimeout());
        if (transport == TransportKind.WEBSOCKET && writable && queue.isEmpty()) {
            send(List.of(clientPings ? new EnginePacket.Noop() : new EnginePacket.Ping("")));
        }
    }
}
