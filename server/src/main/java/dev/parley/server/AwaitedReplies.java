package dev.parley.server;

import dev.parley.protocol.socket.ConnectionEffect;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The calls that wait for a reply of one client, by the token that the connection knows them by. Belongs to the session's loop. */
final class AwaitedReplies {
    private final Map<Long, CompletableFuture<Reply>> byToken = new HashMap<>(2);
    private final Runnable changed;
    private long nextToken;

    /** @param changed runs when one was added, and when one was removed, before it is completed */
    AwaitedReplies(Runnable changed) {
        this.changed = changed;
    }

    boolean isEmpty() {
        return byToken.isEmpty();
    }

    /** Adds one, and returns its token. */
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
