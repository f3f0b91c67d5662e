package dev.parley.server.internal.connection;

import dev.parley.protocol.socket.ConnectionEffect;
import dev.parley.server.NoReplyException;
import dev.parley.server.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The calls that wait for an acknowledgement of one client, by the token of the protocol's machine. Belongs to the session's loop. */
final class PendingAcks {
    private final Map<Long, CompletableFuture<Reply>> byToken = new HashMap<>(2);
    private final Runnable changed;
    private long nextToken;

    /**
     * Creates an empty table.
     *
     * @param changed called when a call was added, and when one was removed, before it is completed
     */
    PendingAcks(Runnable changed) {
        this.changed = changed;
    }

    boolean isEmpty() {
        return byToken.isEmpty();
    }

    /** Adds a call and returns its token. */
    long add(CompletableFuture<Reply> reply) {
        long token = nextToken++;
        byToken.put(token, reply);
        changed.run();
        return token;
    }

    void acknowledged(long token, Reply reply) {
        var awaited = byToken.remove(token);
        if (awaited != null) {
            changed.run();
            awaited.complete(reply);
        }
    }

    void failed(long token, ConnectionEffect.AckFailure why) {
        var awaited = byToken.remove(token);
        if (awaited != null) {
            changed.run();
            fail(awaited, why);
        }
    }

    static void fail(CompletableFuture<Reply> reply, ConnectionEffect.AckFailure why) {
        reply.completeExceptionally(new NoReplyException(switch (why) {
            case TIMEOUT -> NoReplyException.Reason.TIMEOUT;
            case LEFT -> NoReplyException.Reason.LEFT;
            case TOO_MANY -> NoReplyException.Reason.TOO_MANY;
        }));
    }
}
