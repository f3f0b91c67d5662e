package dev.parley.server.internal.namespace;

import dev.parley.protocol.Durations;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Replies;
import dev.parley.server.Reply;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.internal.json.IncomingReply;
import dev.parley.server.internal.json.JsonCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Collects the acknowledgements of one broadcast until all have come, no client is left, or the time is over. Safe from any thread. */
final class AckAggregator implements AckCollector {
    private final CompletableFuture<Replies> result = new CompletableFuture<>();
    private final List<Reply> replies = new ArrayList<>();
    private final JsonCodec json;
    private int servers;
    private int expected;
    private int without;

    AckAggregator(int servers, JsonCodec json) {
        this.servers = servers;
        this.json = json;
    }

    /** Returns the acknowledgements. After the timeout it completes with those that have come; never exceptionally. */
    CompletableFuture<Replies> result(Duration timeout) {
        return result.orTimeout(Durations.nanos(timeout), TimeUnit.NANOSECONDS).exceptionally(late -> now());
    }

    @Override
    public void expect(int clients) {
        synchronized (this) {
            servers--;
            expected += clients;
        }
        settle();
    }

    @Override
    public void answered(Arguments reply) {
        synchronized (this) {
            replies.add(new IncomingReply(reply, json));
        }
        settle();
    }

    @Override
    public void unanswered() {
        synchronized (this) {
            without++;
        }
        settle();
    }

    private void settle() {
        if (done()) {
            result.complete(now());
        }
    }

    private synchronized boolean done() {
        return servers <= 0 && replies.size() + without >= expected;
    }

    private synchronized Replies now() {
        return new Replies(replies, expected);
    }
}
