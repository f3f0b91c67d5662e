package dev.parley.server;

import dev.parley.protocol.Durations;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Gathers the answers to one broadcast until all are there, nobody is left to answer, or the time is over. Safe from any thread. */
final class Collecting implements AckCollector {
    private final CompletableFuture<Replies> result = new CompletableFuture<>();
    private final List<Reply> replies = new ArrayList<>();
    private final Json json;
    private int servers;
    private int expected;
    private int without;

    Collecting(int servers, Json json) {
        this.servers = servers;
        this.json = json;
    }

    /** Completed with what is there when the time is over; never exceptionally. */
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
            replies.add(new ReceivedReply(reply, json));
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
