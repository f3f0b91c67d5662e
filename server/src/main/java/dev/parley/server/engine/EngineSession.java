package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.Session;
import dev.parley.protocol.engine.SessionEffect;
import dev.parley.protocol.engine.SessionInput;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one {@link Session}: feeds it what HTTP and the layer above bring, and does what it answers. Except for {@link #sid}, {@link
 * #loop}, {@link #transport} and {@link #queued}, everything is called on the session's loop. Inputs that arise while another is handled wait for it.
 */
// An exchange or a link is this one or it is not; equality means nothing for them.
@SuppressWarnings("ReferenceEquality")
public final class EngineSession {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

    private final String sid;
    private final Session session;
    private final Framing polling;
    private final Loop loop;
    private final InstantSource clock;
    private final Traffic traffic;
    private final Runnable onRelease;
    private final Queue<SessionInput> inputs = new ArrayDeque<>(2);
    private volatile TransportKind transport;
    private final MemoryAccount memory;
    private final List<Exchange> leaving = new ArrayList<>(0);
    private volatile long queued;
    private long shared;
    private @Nullable Instant offeredAt;
    private SessionOwner owner = Unowned.INSTANCE;
    private boolean running;
    private boolean released;
    private boolean dropping;
    private boolean ownerKnowsEnd;
    private boolean accepted;
    private Offer offer = Offer.UNKNOWN;
    private @Nullable Exchange incoming;
    private @Nullable Exchange poll;
    private @Nullable Exchange post;
    private @Nullable WebSocketLink webSocket;
    private @Nullable Runnable cancelWake;

    EngineSession(String sid, Session session, Framing polling, Loop loop, InstantSource clock,
            Traffic traffic, MemoryBudget budget, Runnable onRelease) {
        this.sid = sid;
        this.session = session;
        this.polling = polling;
        this.transport = session.transport();
        this.loop = loop;
        this.clock = clock;
        this.traffic = traffic;
        this.onRelease = onRelease;
        this.memory = budget.open(() -> loop.execute(() -> drop(CloseReason.OVERLOADED)));
    }

    /** The session's secret name. */
    public String sid() {
        return sid;
    }

    /** The loop that owns it. */
    public Loop loop() {
        return loop;
    }

    /** The transport in use, as of now. From any thread. */
    public TransportKind transport() {
        return transport;
    }

    /** The revision that the client speaks. */
    public EngineRevision revision() {
        return polling.revision();
    }

    /** The framing that the client asked for when it opened the session. */
    public Framing framing() {
        return polling;
    }

    /** How many bytes wait for the client, answers to polls that it has not taken yet included. From any thread; true a moment ago. */
    public long queued() {
        return queued;
    }

    /** What the session holds of the memory for all clients. From any thread. */
    public MemoryAccount memory() {
        return memory;
    }

    /** Whether what is sent now would leave at once. */
    public boolean writable() {
        return !released && session.writable();
    }

    /** First: begins a polling session. */
    public void open(SessionOwner newOwner) {
        owner = newOwner;
        on(new SessionInput.Opened());
    }

    /** First: begins a session on its WebSocket. */
    public void open(SessionOwner newOwner, WebSocketLink link) {
        webSocket = link;
        open(newOwner);
    }

    /** A poll arrived; it is answered at once or later, or refused. */
    public void poll(Exchange exchange) {
        incoming = exchange;
        on(new SessionInput.Polled());
        if (incoming == exchange) {
            poll = exchange;
            incoming = null;
        }
    }

    /** The peer of a poll that has not been answered went away. */
    public void pollLost(Exchange exchange) {
        if (poll == exchange) {
            poll = null;
            on(new SessionInput.PollLost());
        }
    }

    /** The answer says whether the body is wanted; when not, the exchange has been answered. */
    public boolean postStarted(Exchange exchange) {
        incoming = exchange;
        on(new SessionInput.PostStarted());
        if (incoming != exchange) {
            return false;
        }
        incoming = null;
        post = exchange;
        return true;
    }

    /** The body of the POST is complete. */
    public void postReceived(Exchange exchange, String body) {
        if (post == exchange) {
            on(new SessionInput.PostReceived(body));
        }
    }

    /** The body is not text: Engine.IO 3 only. */
    public void postReceived(Exchange exchange, byte[] body) {
        if (post == exchange) {
            on(new SessionInput.BinaryPostReceived(body));
        }
    }

    /** The peer of a POST went away before its body was complete. */
    public void postLost(Exchange exchange) {
        if (post == exchange) {
            post = null;
            on(new SessionInput.PostLost());
        }
    }

    /** The caller has answered the POST, since its body is too large. */
    public void postRejected(Exchange exchange) {
        if (post == exchange) {
            post = null;
            on(new SessionInput.PostRejected());
        }
    }

    /** Whether a WebSocket may begin to take over from polling; when accepted, {@link #attach} or {@link #attachFailed} follows. */
    public Offer offerWebSocket() {
        offer = Offer.UNKNOWN;
        on(new SessionInput.WebSocketOffered());
        return offer;
    }

    /** The WebSocket that was welcome is there: its messages come from now on. Closed again when it has become superfluous. */
    public void attach(WebSocketLink link) {
        if (released || !accepted) {
            link.close();
        } else {
            accepted = false;
            webSocket = link;
        }
    }

    /** The WebSocket that was welcome could not be made. */
    public void attachFailed() {
        accepted = false;
        on(new SessionInput.WebSocketLost());
    }

    /** A text message of a WebSocket. From one that is not the session's any more it is dropped. */
    public void text(WebSocketLink link, String text) {
        if (webSocket == link) {
            on(new SessionInput.TextReceived(text));
        }
    }

    /** A text message that the link has decoded itself. From one that is not the session's any more it is dropped. */
    public void message(WebSocketLink link, EnginePacket.Message message) {
        if (webSocket == link) {
            on(new SessionInput.MessageReceived(message));
        }
    }

    /** A binary message of a WebSocket. From one that is not the session's any more it is dropped. */
    public void binary(WebSocketLink link, byte[] data) {
        if (webSocket == link) {
            on(new SessionInput.BinaryReceived(data));
        }
    }

    /** The WebSocket takes more, or takes no more for now. */
    public void writable(WebSocketLink link, boolean writable) {
        if (webSocket == link) {
            on(new SessionInput.WritabilityChanged(writable));
        }
    }

    /** The WebSocket ended. */
    public void lost(WebSocketLink link) {
        if (webSocket == link) {
            webSocket = null;
            on(new SessionInput.WebSocketLost());
        }
    }

    /** The WebSocket broke. */
    public void failed(WebSocketLink link, CloseCause cause) {
        if (webSocket == link) {
            webSocket = null;
            on(new SessionInput.WebSocketFailed(cause));
        }
    }

    /** The client broke the rules of WebSocket, and its link closes. */
    public void failed(WebSocketLink link, WebSocketViolation violation) {
        if (webSocket == link) {
            owner.violated(violation);
            failed(link, violation.cause());
        }
    }

    /** Sends packets, in this order, behind those sent before. */
    public void send(List<EnginePacket> packets) {
        send(packets, 0, Long.MAX_VALUE);
    }

    /**
     * Sends packets, in this order, behind those sent before.
     *
     * @param sharedWeight bytes of them that other sessions hold too, since they are those of a broadcast
     * @param largest      weight of the largest event among them, which does not count against {@code maxQueuedBytes}
     */
    public void send(List<EnginePacket> packets, long sharedWeight, long largest) {
        on(new SessionInput.Send(packets, sharedWeight, largest));
    }

    /** Leaves unread what the client sends, as long as the layer above can take no more; or goes on. */
    public void pauseReading(boolean paused) {
        on(new SessionInput.ReadingPaused(paused));
    }

    /** Ends the session at once, and drops what waits for the client, on its way into the network too. */
    public void drop(CloseReason reason) {
        dropping = true;
        on(new SessionInput.Dropped(reason));
        List.copyOf(leaving).forEach(Exchange::cut);
    }

    /** Ends the session once what waits has been sent. Does nothing when it has ended. */
    public void close(CloseReason reason) {
        on(new SessionInput.CloseRequested(reason));
    }

    private void on(SessionInput input) {
        if (released) {
            refuseLate(input);
            return;
        }
        inputs.add(input);
        if (running) {
            return;
        }
        running = true;
        try {
            drain();
        } catch (Throwable e) {
            // An Error too, as when direct memory is exhausted: ending the session gives memory back.
            LOG.error("A session failed and was ended", e);
            fail();
        } finally {
            running = false;
        }
    }

    private void drain() {
        Instant now = clock.instant();
        do {
            for (SessionInput next = inputs.poll(); next != null; next = inputs.poll()) {
                for (SessionEffect effect : session.on(next, now)) {
                    perform(effect, next);
                }
                if (offeredAt != null && (next instanceof SessionInput.WebSocketLost
                        || next instanceof SessionInput.WebSocketFailed)) {
                    upgradeFailed(UpgradeFailure.LOST);
                }
            }
            weigh();
            owner.settled();
            if (inputs.isEmpty() && session.wantsToWrite()) {
                inputs.add(new SessionInput.Written());
            }
        } while (!inputs.isEmpty());
    }

    private void weigh() {
        long now = session.queued();
        long nowShared = session.shared();
        if (now != queued || nowShared != shared) {
            memory.outgoing().add(now - queued, nowShared - shared);
            queued = now;
            shared = nowShared;
        }
    }

    private void perform(SessionEffect effect, SessionInput cause) {
        switch (effect) {
            case SessionEffect.Deliver deliver -> {
                traffic.received(transport, deliver.packet());
                owner.deliver(deliver.packet());
            }
            case SessionEffect.Write write -> {
                if (webSocket != null) {
                    traffic.sent(TransportKind.WEBSOCKET, write.packets());
                    webSocket.write(write.packets(), write.shared());
                    owner.flushed(write.packets());
                }
            }
            case SessionEffect.PauseReading pause -> {
                if (webSocket != null) {
                    webSocket.pause(pause.paused());
                }
            }
            case SessionEffect.AnswerPoll answer -> {
                traffic.sent(TransportKind.POLLING, answer.packets());
                answer(takePoll(), answer);
            }
            case SessionEffect.RefusePoll refuse ->
                takeIncoming().refuse(refuse.error(), "a poll that does not fit");
            case SessionEffect.AnswerPost answer -> takePost().answer("ok", false, outcome -> {});
            case SessionEffect.RefusePost refuse ->
                takePost().refuse(refuse.error(), "a post that does not fit");
            case SessionEffect.AcceptWebSocket accept -> {
                accepted = true;
                offer = Offer.ACCEPTED;
                offeredAt = clock.instant();
                owner.upgradeStarted();
            }
            case SessionEffect.TurnWebSocketAway turn -> refuseUpgrade(Offer.TURNED_AWAY);
            case SessionEffect.RefuseWebSocket refuse ->
                refuseUpgrade(refuse.error() == EngineError.UNKNOWN_SID ? Offer.UNKNOWN : Offer.REFUSED);
            case SessionEffect.CloseWebSocket close -> {
                if (offeredAt != null) {
                    upgradeFailed(UpgradeFailure.of(cause));
                }
                var link = webSocket;
                webSocket = null;
                accepted = false;
                if (link != null && dropping) {
                    link.abort();
                } else if (link != null) {
                    link.close();
                }
            }
            case SessionEffect.Upgraded upgraded -> {
                transport = session.transport();
                var since = offeredAt == null ? clock.instant() : offeredAt;
                offeredAt = null;
                owner.upgraded(Duration.between(since, clock.instant()));
            }
            case SessionEffect.RoundTrip trip -> owner.roundTrip(trip.took());
            case SessionEffect.Heartbeat heartbeat -> owner.heartbeat();
            case SessionEffect.Drained drained -> owner.drained();
            case SessionEffect.Wake wake -> wakeIn(Duration.between(clock.instant(), wake.at()));
            case SessionEffect.Closed closed -> {
                owner.closed(closed.reason(), closed.cause());
                ownerKnowsEnd = true;
            }
            case SessionEffect.Release release -> release();
        }
    }

    private void refuseUpgrade(Offer decided) {
        offer = decided;
        owner.upgradeStarted();
        owner.upgradeFailed(UpgradeFailure.REFUSED);
    }

    private void upgradeFailed(UpgradeFailure why) {
        offeredAt = null;
        owner.upgradeFailed(why);
    }

    private void answer(Exchange exchange, SessionEffect.AnswerPoll answer) {
        var packets = answer.packets();
        long weight = answer.weight();
        boolean matters = PollAnswer.saysSomething(packets);
        leaving.add(exchange);
        PollAnswer.send(packets, polling, exchange, outcome -> loop.run(() -> {
            leaving.remove(exchange);
            on(outcome == Exchange.Outcome.LOST && matters ? new SessionInput.AnswerLost(weight)
                    : new SessionInput.AnswerTaken(weight));
        }));
        owner.flushed(packets);
    }

    private void wakeIn(Duration delay) {
        cancelWake();
        cancelWake = loop.schedule(delay, () -> {
            cancelWake = null;
            if (!released) {
                on(new SessionInput.Tick());
            }
        });
    }

    private void cancelWake() {
        if (cancelWake != null) {
            cancelWake.run();
            cancelWake = null;
        }
    }

    private void release() {
        released = true;
        cancelWake();
        weigh();
        memory.close();
        onRelease.run();
    }

    /** A request that found the session in the table, but reached its loop after the end. */
    private void refuseLate(SessionInput input) {
        switch (input) {
            case SessionInput.Polled polled ->
                takeIncoming().refuse(EngineError.UNKNOWN_SID, "the session has just ended");
            case SessionInput.PostStarted started ->
                takeIncoming().refuse(EngineError.UNKNOWN_SID, "the session has just ended");
            case SessionInput.PostReceived received ->
                takePost().refuse(EngineError.UNKNOWN_SID, "the session has just ended");
            case SessionInput.BinaryPostReceived received ->
                takePost().refuse(EngineError.UNKNOWN_SID, "the session has just ended");
            case SessionInput.AnswerTaken taken -> taken(taken);
            case SessionInput.AnswerLost lost -> taken(new SessionInput.AnswerTaken(lost.weight()));
            default -> {}
        }
    }

    /** A poll response outlives its session until the network has taken it. */
    private void taken(SessionInput.AnswerTaken input) {
        session.on(input, clock.instant());
        weigh();
    }

    private void fail() {
        if (!released) {
            session.on(new SessionInput.Dropped(CloseReason.INTERNAL_ERROR), clock.instant());
            release();
            try {
                endTransports();
            } catch (Throwable e) {
                LOG.error("A connection of a failed session could not be closed in order", e);
            }
            if (!ownerKnowsEnd) {
                owner.closed(CloseReason.INTERNAL_ERROR, CloseCause.UNSPECIFIED);
            }
        }
    }

    private void endTransports() {
        if (webSocket != null) {
            webSocket.abort();
        }
        if (poll != null) {
            poll.refuse(EngineError.BAD_REQUEST, "the session failed");
        }
        if (post != null) {
            post.refuse(EngineError.BAD_REQUEST, "the session failed");
        }
    }

    private Exchange takePoll() {
        var hanging = poll;
        poll = null;
        return hanging != null ? hanging : takeIncoming();
    }

    private Exchange takePost() {
        var open = incoming != null ? null : post;
        if (open != null) {
            post = null;
            return open;
        }
        return takeIncoming();
    }

    private Exchange takeIncoming() {
        var taken = incoming;
        incoming = null;
        return taken != null ? taken : Nobody.INSTANCE;
    }
}
