package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import java.time.Duration;
import java.time.Instant;

/** Ends a session: at once, or after its queued packets. Not thread-safe. */
final class SessionCloser {
    enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final Duration linger;
    private final PollingRequests requests;
    private final PacketSender sender;
    private final UpgradeAttempt upgrade;
    private final SessionDeadlines deadlines;
    private final Effects<SessionEffect> effects;
    private Phase phase = Phase.OPEN;
    private boolean releasing;

    SessionCloser(Duration linger, PollingRequests requests, PacketSender sender, UpgradeAttempt upgrade,
            SessionDeadlines deadlines, Effects<SessionEffect> effects) {
        this.linger = linger;
        this.requests = requests;
        this.sender = sender;
        this.upgrade = upgrade;
        this.deadlines = deadlines;
        this.effects = effects;
    }

    Phase phase() {
        return phase;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Ends the session at once. */
    void closeNow(CloseReason reason, CloseCause cause) {
        if (phase == Phase.CLOSED) {
            return;
        }
        requests.respondToDelayedPost();
        upgrade.abandon();
        if (sender.usesWebSocket()) {
            effects.add(new SessionEffect.CloseWebSocket());
        } else {
            requests.respondWithClose();
        }
        if (phase == Phase.OPEN) {
            effects.add(new SessionEffect.Closed(reason, cause));
        }
        release();
    }

    /** Ends a session whose WebSocket is gone. */
    void transportLost(CloseReason reason, CloseCause cause) {
        requests.respondToDelayedPost();
        effects.add(new SessionEffect.Closed(reason, cause));
        release();
    }

    /** Ends the session once the queued packets have been sent. */
    void closeInOrder(CloseReason reason, Instant now) {
        if (phase != Phase.OPEN) {
            return;
        }
        upgrade.abandon();
        requests.respondToDelayedPost();
        deadlines.clear();
        effects.add(new SessionEffect.Closed(reason));
        if (sender.usesWebSocket()) {
            sender.writeAll();
            effects.add(new SessionEffect.CloseWebSocket());
            release();
        } else if (requests.hasPoll()) {
            requests.respondWithClose();
            release();
        } else {
            phase = Phase.CLOSING;
            deadlines.lingerBy = now.plus(linger);
        }
    }

    /** Ends the session for good. */
    void release() {
        phase = Phase.CLOSED;
        deadlines.clear();
        sender.clear();
        releasing = true;
    }

    /** Adds the effect {@code Release} after the effects of the input that ended the session. */
    void addRelease() {
        if (releasing) {
            releasing = false;
            effects.add(new SessionEffect.Release());
        }
    }
}
