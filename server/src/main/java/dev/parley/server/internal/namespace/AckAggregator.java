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
    /** Counts of asked clients that are still to come, less those that came before the number of servers was known. */
    private int missing;
    private boolean serversKnown;
    private int expected;
    private int without;

    private AckAggregator(JsonCodec json) {
        this.json = json;
    }

    /** Creates an aggregator that is told the number of servers, and by each how many clients it has asked. */
    static AckAggregator ofServers(JsonCodec json) {
        return new AckAggregator(json);
    }

    /** Creates an aggregator that is told one number of those asked. */
    static AckAggregator ofOneCount(JsonCodec json) {
        var aggregator = new AckAggregator(json);
        aggregator.servers(1);
        return aggregator;
    }

    /** Returns the acknowledgements. After the timeout it completes with those that have come; never exceptionally. */
    CompletableFuture<Replies> result(Duration timeout) {
        return result.orTimeout(Durations.nanos(timeout), TimeUnit.NANOSECONDS).exceptionally(late -> now());
    }

    @Override
    public void servers(int count) {
        synchronized (this) {
            serversKnown = true;
            missing += count;
        }
        settle();
    }

    @Override
    public void expect(int clients) {
        synchronized (this) {
            missing--;
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
        return serversKnown && missing <= 0 && replies.size() + without >= expected;
    }

    private synchronized Replies now() {
        return new Replies(replies, expected);
    }
}
