package dev.parley.server.engine;

import dev.parley.protocol.MachineDriver;
import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.Session;
import dev.parley.protocol.session.SessionEffect;
import dev.parley.protocol.session.SessionInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the effects of a {@link Session}: on its requests, its WebSocket, its timer, and the layer above. Ends the session if that
 * fails. On the session's loop, except for {@link #transport} and {@link #queued}.
 */
final class SessionDriver extends MachineDriver<SessionInput, SessionEffect> {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

    private final Session session;
    private final InstantSource clock;
    private final Traffic traffic;
    private final Runnable onRelease;
    private final PollResponses pollResponses;
    private final LoopTimer timer;
    private final MemoryAccount memory;
    private volatile TransportKind transport;
    private volatile long queued;
    private long shared;
    private @Nullable Instant offeredAt;
    private SessionOwner owner = Unowned.INSTANCE;
    private boolean released;
    private boolean ownerKnowsEnd;
    private @Nullable WebSocketLink webSocket;

    SessionDriver(Session session, Framing framing, Loop loop, InstantSource clock, Traffic traffic,
            MemoryAccount memory, Runnable onRelease) {
        this.session = session;
        this.clock = clock;
        this.traffic = traffic;
        this.memory = memory;
        this.onRelease = onRelease;
        this.transport = session.transport();
        this.pollResponses = new PollResponses(framing, loop, this::accept);
        this.timer = new LoopTimer(loop, () -> accept(new SessionInput.Tick()));
    }

    TransportKind transport() {
        return transport;
    }

    long queued() {
        return queued;
    }

    SessionOwner owner() {
        return owner;
    }

    void setOwner(SessionOwner newOwner) {
        owner = newOwner;
    }

    boolean writable() {
        return !released && session.writable();
    }

    @Nullable WebSocketLink webSocket() {
        return webSocket;
    }

    void setWebSocket(@Nullable WebSocketLink link) {
        webSocket = link;
    }

    /** A poll has come. */
    void pollBegan() {
        pollResponses.began();
    }

    /** Returns whether the last poll has got a response with which nothing can be lost. */
    boolean lastPollGotNothing() {
        return pollResponses.lastIsLossless();
    }

    /** Closes the connections of poll responses that are not sent yet. */
    void cutPollResponses() {
        pollResponses.cut();
    }

    /** Feeds one input; ends the session if performing its effects fails. */
    void accept(SessionInput input) {
        try {
            feed(input);
        } catch (Throwable e) {
            // An Error too, as when direct memory is exhausted: ending the session gives memory back.
            LOG.error("A session failed and was ended", e);
            fail();
        }
    }

    @Override
    protected List<SessionEffect> on(SessionInput input, Instant now) {
        return session.on(input, now);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void settled() {
        weigh();
        owner.settled();
        if (!hasInputs() && session.wantsToWrite()) {
            feed(new SessionInput.Written());
        }
    }

    @Override
    protected void perform(SessionEffect effect, SessionInput cause) {
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
            case SessionEffect.RespondToPoll response -> {
                traffic.sent(TransportKind.POLLING, response.packets());
                pollResponses.send((Exchange) response.request(), response);
                owner.flushed(response.packets());
            }
            case SessionEffect.RefusePoll refuse ->
                refuse(refuse, refuse.error(), "a poll that does not fit");
            case SessionEffect.RespondToPost response ->
                ((Exchange) response.request()).respond("ok", false, outcome -> {});
            case SessionEffect.RefusePost refuse ->
                refuse(refuse, refuse.error(), "a post that does not fit");
            case SessionEffect.AcceptWebSocket accept -> {
                offeredAt = clock.instant();
                owner.upgradeStarted();
                ((WebSocketOffer) accept.request()).accept();
            }
            case SessionEffect.TurnWebSocketAway turn -> {
                upgradeRefused();
                ((WebSocketOffer) turn.request()).turnAway();
            }
            case SessionEffect.RefuseWebSocket refuse -> {
                upgradeRefused();
                refuse(refuse, refuse.error(), "upgrades are off, or the session is closing");
            }
            case SessionEffect.CloseWebSocket close -> closeWebSocket(cause instanceof SessionInput.Dropped);
            case SessionEffect.Upgraded upgraded -> {
                transport = session.transport();
                owner.upgraded(sinceOffer());
            }
            case SessionEffect.UpgradeFailed failed -> owner.upgradeFailed(UpgradeFailure.of(cause));
            case SessionEffect.RoundTrip trip -> owner.roundTrip(trip.took());
            case SessionEffect.Heartbeat heartbeat -> owner.heartbeat();
            case SessionEffect.Drained drained -> owner.drained();
            case SessionEffect.Wake wake -> timer.start(Duration.between(clock.instant(), wake.at()));
            case SessionEffect.Closed closed -> {
                owner.closed(closed.reason(), closed.cause());
                ownerKnowsEnd = true;
            }
            case SessionEffect.Release release -> release();
        }
    }

    private static void refuse(SessionEffect.Response response, EngineError error, String why) {
        ((EngineRequest) response.request()).refuse(error,
                error == EngineError.UNKNOWN_SID ? "the session has just ended" : why);
    }

    private void upgradeRefused() {
        if (!released) {
            owner.upgradeStarted();
            owner.upgradeFailed(UpgradeFailure.REFUSED);
        }
    }

    private Duration sinceOffer() {
        return offeredAt == null ? Duration.ZERO : Duration.between(offeredAt, clock.instant());
    }

    private void closeWebSocket(boolean atOnce) {
        var link = webSocket;
        webSocket = null;
        if (link != null && atOnce) {
            link.abort();
        } else if (link != null) {
            link.close();
        }
    }

    private void release() {
        released = true;
        timer.stop();
        weigh();
        memory.close();
        onRelease.run();
    }

    private void fail() {
        List<SessionEffect> unperformed = List.of();
        try {
            unperformed = abandon(new SessionInput.Dropped(CloseReason.INTERNAL_ERROR));
        } catch (Throwable e) {
            LOG.error("The queued inputs of a failed session could not be handled", e);
        }
        if (!released) {
            release();
        }
        try {
            closeWebSocket(true);
            unperformed.forEach(this::refuse);
        } catch (Throwable e) {
            LOG.error("A connection of a failed session could not be closed in order", e);
        }
        if (!ownerKnowsEnd) {
            ownerKnowsEnd = true;
            owner.closed(CloseReason.INTERNAL_ERROR, CloseCause.UNSPECIFIED);
        }
    }

    /** Refuses the request of an effect that a failed session cannot perform. */
    private void refuse(SessionEffect effect) {
        if (effect instanceof SessionEffect.RespondToPoll response) {
            session.on(new SessionInput.ResponseSent(response.weight()), clock.instant());
            weigh();
        }
        if (effect instanceof SessionEffect.Response response) {
            refuse(response, EngineError.BAD_REQUEST, "the session failed");
        }
    }

    /** Counts the queued bytes towards the memory budget. */
    private void weigh() {
        long now = session.queued();
        long nowShared = session.shared();
        if (now != queued || nowShared != shared) {
            memory.outgoing().add(now - queued, nowShared - shared);
            queued = now;
            shared = nowShared;
        }
    }
}
