package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The poll and the POST of a session that have no response yet: at most one of each. Not thread-safe. */
// A request is this one or another; equality means nothing for them.
@SuppressWarnings("ReferenceEquality")
final class PollingRequests {
    private static final List<EnginePacket> NOOP = List.of(new EnginePacket.Noop());
    private static final List<EnginePacket> CLOSE = List.of(new EnginePacket.Close());
    /** Maximum time that a POST waits for its response while reading is paused. Proxies cut requests that take longer. */
    private static final Duration MAX_POST_DELAY = Duration.ofSeconds(20);

    private final SendQueue queue;
    private final SessionDeadlines deadlines;
    private final Effects<SessionEffect> effects;
    private @Nullable ClientRequest poll;
    private @Nullable ClientRequest post;

    PollingRequests(SendQueue queue, SessionDeadlines deadlines, Effects<SessionEffect> effects) {
        this.queue = queue;
        this.deadlines = deadlines;
        this.effects = effects;
    }

    boolean hasPoll() {
        return poll != null;
    }

    boolean hasPost() {
        return post != null;
    }

    boolean isPost(ClientRequest request) {
        return post == request;
    }

    /** Keeps a poll until there are packets for it. */
    void pollPending(ClientRequest request) {
        poll = request;
        effects.add(new SessionEffect.Drained());
    }

    /** Forgets a poll; returns false if it was not pending. */
    boolean pollLost(ClientRequest request) {
        if (poll != request) {
            return false;
        }
        poll = null;
        return true;
    }

    void respond(ClientRequest request, List<EnginePacket> packets) {
        queue.leaves(packets);
        effects.add(new SessionEffect.RespondToPoll(request, packets));
    }

    void respondWithNoop(ClientRequest request) {
        respond(request, NOOP);
    }

    void respondWithClose(ClientRequest request) {
        respond(request, CLOSE);
    }

    /** Responds to the pending poll, if there is one. */
    void respond(List<EnginePacket> packets) {
        var pending = poll;
        if (pending != null) {
            poll = null;
            respond(pending, packets);
        }
    }

    void respondWithNoop() {
        respond(NOOP);
    }

    void respondWithClose() {
        respond(CLOSE);
    }

    void refusePoll(ClientRequest request, EngineError error) {
        effects.add(new SessionEffect.RefusePoll(request, error));
    }

    void postStarted(ClientRequest request) {
        post = request;
    }

    /** Forgets a POST; returns false if it has a response already. */
    boolean takePost(ClientRequest request) {
        if (post != request) {
            return false;
        }
        post = null;
        deadlines.respondToPostBy = null;
        return true;
    }

    void respondToPost(ClientRequest request) {
        effects.add(new SessionEffect.RespondToPost(request));
    }

    void refusePost(ClientRequest request, EngineError error) {
        effects.add(new SessionEffect.RefusePost(request, error));
    }

    /** Delays the response to a POST whose body is complete, so that the client sends no other. */
    void delayPost(ClientRequest request, Instant now) {
        post = request;
        deadlines.respondToPostBy = now.plus(MAX_POST_DELAY);
    }

    /** Responds to a delayed POST, if there is one. */
    void respondToDelayedPost() {
        var delayed = post;
        if (deadlines.respondToPostBy != null && delayed != null) {
            takePost(delayed);
            respondToPost(delayed);
        }
    }
}
