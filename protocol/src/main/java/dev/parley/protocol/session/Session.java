package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one Engine.IO session, the server's side. Not thread-safe: its owner calls it from one thread at a time. Its limits
 * are its {@link SessionOptions}.
 *
 * <pre>
 * phase      input                            next      what happens
 * OPEN       fault of the client, loss,       CLOSED    Closed and Release at once; a pending poll gets a close packet
 *              timeout, lost poll response
 * OPEN       CloseRequested, poll pending     CLOSED    Closed; the queued packets are sent, then a close packet; Release
 *              or WebSocket
 * OPEN       CloseRequested, no poll pending  CLOSING   Closed; the queued packets wait for the next poll
 * CLOSING    Polled, packets queued           CLOSING   a poll response
 * CLOSING    Polled, none queued; linger      CLOSED    a close packet; Release
 * CLOSED     any request                      CLOSED    refused
 *
 * upgrade    input                            next      what happens
 * NONE       WebSocketOffered                 OFFERED   AcceptWebSocket; polling continues
 * OFFERED,   WebSocketOffered                 the same  TurnWebSocketAway, as for a session on WebSocket
 *   PROBED
 * OFFERED    ping "probe"                     PROBED    a pong; the pending poll and all later ones get a noop packet
 * PROBED     upgrade packet                   NONE      Upgraded: packets go over the WebSocket, polls are refused
 * OFFERED,   any other packet, timeout, loss  NONE      UpgradeFailed and CloseWebSocket; polling continues
 *   PROBED
 * </pre>
 */
public final class Session {
    private final String sid;
    private final SessionOptions options;
    private final EngineFrameDecoder decoder;
    private final SendQueue queue;
    private final SessionDeadlines deadlines = new SessionDeadlines();
    private final Effects<SessionEffect> effects = new Effects<>();
    private final Heartbeat heartbeat;
    private final PollingRequests requests;
    private final PacketSender sender;
    private final UpgradeAttempt upgrade;
    private final SessionCloser closer;
    private boolean paused;

    /** Creates a session of Engine.IO 4. */
    public Session(String sid, TransportKind transport, SessionOptions options) {
        this(sid, transport, options, EngineRevision.V4);
    }

    /**
     * Creates a session; {@link SessionInput.Opened} is its first input.
     *
     * @param sid      the session id: a secret of the client
     * @param revision of Engine.IO that the client speaks
     */
    public Session(String sid, TransportKind transport, SessionOptions options, EngineRevision revision) {
        this.sid = sid;
        this.options = options;
        this.decoder = new EngineFrameDecoder(revision, options.maxPackets());
        this.queue = new SendQueue(options.maxQueued());
        this.heartbeat = new Heartbeat(revision, options, deadlines, effects);
        this.requests = new PollingRequests(queue, deadlines, effects);
        this.sender = new PacketSender(transport, queue, requests, effects);
        this.upgrade = new UpgradeAttempt(requests, sender, deadlines, effects);
        this.closer = new SessionCloser(options.linger(), requests, sender, upgrade, deadlines, effects);
    }

    /** Returns the transport in use. */
    public TransportKind transport() {
        return sender.transport();
    }

    /** Returns whether packets sent now leave at once: none is queued, and the WebSocket is writable or a poll is pending. */
    public boolean writable() {
        return closer.isOpen() && sender.writable();
    }

    /** Returns the bytes that are queued or in poll responses not sent yet, as they count towards {@link SessionOptions#maxQueued}. */
    public long queued() {
        return queue.weight();
    }

    /** Returns the bytes of {@link #queued} that other sessions hold too, since they belong to a broadcast. */
    public long shared() {
        return queue.shared();
    }

    /** Returns whether packets are queued that the WebSocket accepts: the owner then feeds {@link SessionInput.Written}. */
    public boolean wantsToWrite() {
        return closer.isOpen() && sender.wantsToWrite();
    }

    /** Returns whether the body of a POST is awaited: it was started and not refused. */
    public boolean awaitsBody(ClientRequest request) {
        return requests.isPost(request);
    }

    /** Returns whether the WebSocket of this request was accepted and its upgrade has not ended. */
    public boolean isUpgrading(ClientRequest request) {
        return upgrade.isFor(request);
    }

    /** Handles one input and returns the effects to perform, in order. */
    public List<SessionEffect> on(SessionInput input, Instant now) {
        effects.clear();
        switch (input) {
            case SessionInput.TextReceived received -> received(decoder.frame(received.text()), now);
            case SessionInput.MessageReceived received -> received(received.message(), now);
            case SessionInput.BinaryReceived received -> received(decoder.frame(received.data()), now);
            case SessionInput.Send send -> send(send.packets(), send.shared(), send.largest());
            case SessionInput.Polled polled -> polled(polled.request());
            case SessionInput.PostStarted started -> postStarted(started.request());
            case SessionInput.PostReceived received -> {
                if (requests.takePost(received.request())) {
                    postReceived(received.request(), decoder.payload(received.body()), now);
                }
            }
            case SessionInput.BinaryPostReceived received -> {
                if (requests.takePost(received.request())) {
                    postReceived(received.request(), decoder.payload(received.body()), now);
                }
            }
            case SessionInput.PollLost lost -> {
                if (requests.pollLost(lost.request())) {
                    fail(CloseCause.POLL_CANCELLED);
                }
            }
            case SessionInput.ResponseSent sent -> responseSent(sent.weight());
            case SessionInput.ResponseLost lost -> {
                queue.left(lost.weight());
                fail(CloseCause.RESPONSE_NOT_TAKEN);
            }
            case SessionInput.PostLost lost -> {
                if (requests.takePost(lost.request())) {
                    fail(CloseCause.POST_LOST);
                }
            }
            case SessionInput.PostRejected rejected -> requests.takePost(rejected.request());
            case SessionInput.WebSocketOffered offered -> offered(offered.request(), now);
            case SessionInput.WebSocketNotOpened lost -> {
                if (upgrade.isFor(lost.request())) {
                    upgrade.lost();
                }
            }
            case SessionInput.WebSocketLost lost ->
                webSocketGone(CloseReason.TRANSPORT_CLOSE, CloseCause.UNSPECIFIED);
            case SessionInput.WebSocketFailed failed ->
                webSocketGone(CloseReason.TRANSPORT_ERROR, failed.cause());
            case SessionInput.WritabilityChanged changed when closer.isOpen() ->
                sender.writabilityChanged(changed.writable());
            case SessionInput.Written written when closer.isOpen() -> sender.writeMore();
            case SessionInput.WritabilityChanged ignored -> {}
            case SessionInput.Written ignored -> {}
            case SessionInput.ReadingPaused paused -> readingPaused(paused.paused(), now);
            case SessionInput.CloseRequested requested -> closer.closeInOrder(requested.reason(), now);
            case SessionInput.Dropped dropped -> closeNow(dropped.reason());
            case SessionInput.Opened opened -> opened(now);
            case SessionInput.Tick tick -> tick(now);
        }
        closer.addRelease();
        Instant wake = deadlines.newWake();
        if (wake != null) {
            effects.add(new SessionEffect.Wake(wake));
        }
        return effects.take();
    }

    private void opened(Instant now) {
        heartbeat.start(now);
        send(new EnginePacket.Open(options.handshake(sid, transport())));
    }

    private void polled(ClientRequest poll) {
        if (closer.phase() == SessionCloser.Phase.CLOSED) {
            requests.refusePoll(poll, EngineError.UNKNOWN_SID);
        } else if (sender.usesWebSocket()) {
            requests.refusePoll(poll, EngineError.BAD_REQUEST);
        } else if (requests.hasPoll()) {
            requests.refusePoll(poll, EngineError.BAD_REQUEST);
            fail(CloseCause.OVERLAPPING_POLLS);
        } else if (!queue.isEmpty()) {
            // While closing too: clients handle a close packet before the messages of its response, so it follows alone.
            requests.respond(poll, queue.drainResponse());
        } else if (closer.phase() == SessionCloser.Phase.CLOSING) {
            requests.respondWithClose(poll);
            closer.release();
        } else if (upgrade.isProbed()) {
            requests.respondWithNoop(poll);
        } else {
            requests.pollPending(poll);
        }
    }

    /** A poll may be pending whose packets exceeded the limit together with this response. */
    private void responseSent(long weight) {
        queue.left(weight);
        if (closer.isOpen() && requests.hasPoll() && !queue.isEmpty()) {
            requests.respond(queue.drainResponse());
        }
    }

    private void postStarted(ClientRequest post) {
        if (closer.phase() == SessionCloser.Phase.CLOSED) {
            requests.refusePost(post, EngineError.UNKNOWN_SID);
        } else if (sender.usesWebSocket()) {
            requests.refusePost(post, EngineError.BAD_REQUEST);
        } else if (requests.hasPost()) {
            requests.refusePost(post, EngineError.BAD_REQUEST);
            fail(CloseCause.OVERLAPPING_POSTS);
        } else {
            requests.postStarted(post);
        }
    }

    private void postReceived(ClientRequest post, @Nullable List<EnginePacket> packets, Instant now) {
        if (closer.phase() == SessionCloser.Phase.CLOSED) {
            requests.refusePost(post, EngineError.UNKNOWN_SID);
            return;
        }
        if (packets == null) {
            closeNow(CloseReason.PARSE_ERROR);
            requests.refusePost(post, EngineError.BAD_REQUEST);
            return;
        }
        for (EnginePacket packet : packets) {
            handle(packet, now);
        }
        if (paused && closer.isOpen()) {
            requests.delayPost(post, now);
        } else {
            requests.respondToPost(post);
        }
    }

    private void readingPaused(boolean nowPaused, Instant now) {
        if (paused == nowPaused || !closer.isOpen()) {
            return;
        }
        paused = nowPaused;
        if (!paused) {
            requests.respondToDelayedPost();
            heartbeat.readingResumed(now);
        }
        if (sender.usesWebSocket()) {
            effects.add(new SessionEffect.PauseReading(paused));
        }
    }

    private void offered(ClientRequest webSocket, Instant now) {
        if (closer.phase() == SessionCloser.Phase.CLOSED) {
            effects.add(new SessionEffect.RefuseWebSocket(webSocket, EngineError.UNKNOWN_SID));
        } else if (sender.usesWebSocket() || upgrade.isActive()) {
            // Engine.IO v4, "Upgrade": the session has one already, which is not disturbed.
            effects.add(new SessionEffect.TurnWebSocketAway(webSocket));
        } else if (closer.phase() == SessionCloser.Phase.CLOSING || !options.upgrades()) {
            effects.add(new SessionEffect.RefuseWebSocket(webSocket, EngineError.BAD_REQUEST));
        } else {
            upgrade.accept(webSocket, now.plus(options.upgradeTimeout()));
        }
    }

    /** Handles a message of the WebSocket; null if it is malformed. */
    private void received(@Nullable EnginePacket packet, Instant now) {
        if (!closer.isOpen()) {
            return;
        }
        if (!sender.usesWebSocket()) {
            upgrade.received(packet);
            if (sender.usesWebSocket() && paused) {
                effects.add(new SessionEffect.PauseReading(true));
            }
        } else if (packet == null) {
            closeNow(CloseReason.PARSE_ERROR);
        } else {
            handle(packet, now);
        }
    }

    private void webSocketGone(CloseReason reason, CloseCause cause) {
        if (upgrade.isActive()) {
            upgrade.lost();
        } else if (sender.usesWebSocket() && closer.isOpen()) {
            closer.transportLost(reason, cause);
        }
    }

    private void handle(EnginePacket packet, Instant now) {
        if (!closer.isOpen()) {
            return;
        }
        switch (packet) {
            case EnginePacket.Message message -> effects.add(new SessionEffect.Deliver(message));
            case EnginePacket.Binary binary -> effects.add(new SessionEffect.Deliver(binary));
            // Engine.IO v4: the server pings; v3: the client pings.
            case EnginePacket.Pong pong when !heartbeat.clientPings() -> heartbeat.pongReceived(now);
            case EnginePacket.Ping ping when heartbeat.clientPings() -> {
                heartbeat.pingReceived(now);
                send(new EnginePacket.Pong(ping.data()));
                if (closer.isOpen()) {
                    effects.add(new SessionEffect.Heartbeat());
                }
            }
            case EnginePacket.Ping ping -> fail(CloseCause.UNEXPECTED_PING);
            case EnginePacket.Pong pong -> fail(CloseCause.UNEXPECTED_PONG);
            case EnginePacket.Close close -> {
                requests.respondWithNoop();
                closeNow(CloseReason.TRANSPORT_CLOSE);
            }
            case EnginePacket.Open ignored -> {}
            case EnginePacket.Upgrade ignored -> {}
            case EnginePacket.Noop ignored -> {}
        }
    }

    private void send(EnginePacket packet) {
        send(List.of(packet), 0, Long.MAX_VALUE);
    }

    private void send(List<EnginePacket> packets, long shared, long largest) {
        if (closer.isOpen() && !sender.send(packets, shared, largest)) {
            closeNow(CloseReason.SEND_QUEUE_FULL);
        }
    }

    /** Ends the session for a fault of the client or the network. */
    private void fail(CloseCause cause) {
        closer.closeNow(CloseReason.TRANSPORT_ERROR, cause);
    }

    private void closeNow(CloseReason reason) {
        closer.closeNow(reason, CloseCause.UNSPECIFIED);
    }

    private void tick(Instant now) {
        deadlines.woken();
        if (SessionDeadlines.due(deadlines.lingerBy, now)) {
            closer.release();
        } else if (heartbeat.isOverdue(now) && !cannotBeHeard()) {
            closeNow(CloseReason.PING_TIMEOUT);
        } else {
            if (heartbeat.isOverdue(now)) {
                extendHeartbeat(now);
            }
            if (SessionDeadlines.due(deadlines.respondToPostBy, now)) {
                requests.respondToDelayedPost();
            }
            if (SessionDeadlines.due(deadlines.upgradeBy, now)) {
                upgrade.abandon();
            }
            if (heartbeat.pingIsDue(now)) {
                send(new EnginePacket.Ping(""));
            }
        }
    }

    /** Returns whether the client may be alive but unread, since reading is paused. */
    private boolean cannotBeHeard() {
        return paused && (sender.usesWebSocket() || requests.hasPoll() || requests.hasPost());
    }

    /** While reading is paused, a missing pong proves nothing. Writes a packet, which fails if the TCP connection is broken. */
    private void extendHeartbeat(Instant now) {
        heartbeat.extend(now);
        if (sender.usesWebSocket() && sender.writable()) {
            send(heartbeat.clientPings() ? new EnginePacket.Noop() : new EnginePacket.Ping(""));
        }
    }
}
