package dev.parley.cluster;

import dev.parley.testing.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures a poll at another server than the owner beside one at the owner: its time, and the processor time of both servers. A command, not a test:
 * {@code -Dit.test=ForeignPollCostIT -Dparley.polls=20000}. Needs the program redis-server.
 */
@EnabledIfSystemProperty(named = "parley.polls", matches = "[0-9]+")
class ForeignPollCostIT {
    private static final int ROUNDS = 3;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void measures() throws Exception {
        int polls = Integer.getInteger("parley.polls");
        var redis = new RedisServer();
        try {
            for (var way : AnyNodeIT.Way.values()) {
                try (var owner = new NodeProcess(redis.url(), "cost" + way, way);
                        var other = new NodeProcess(redis.url(), "cost" + way, way)) {
                    play(owner.url(), owner.url(), polls);
                    play(owner.url(), other.url(), polls); // so that both are compiled
                    for (int i = 0; i < ROUNDS; i++) {
                        print(way + " local  ", owner, other, owner.url(), polls);
                        print(way + " foreign", owner, other, other.url(), polls);
                    }
                }
            }
        } finally {
            redis.stop();
        }
    }

    private void print(String name, NodeProcess owner, NodeProcess other, URI asked, int polls)
            throws Exception {
        var before = owner.cpu().plus(other.cpu());
        long[] nanos = play(owner.url(), asked, polls);
        var used = owner.cpu().plus(other.cpu()).minus(before);
        Arrays.sort(nanos);
        System.out.println(String.format(Locale.ROOT,
                "%s: poll p50 %.3f ms, p99 %.3f ms; %.1f us of processor time for each POST with its poll",
                name, nanos[polls / 2] / 1e6, nanos[polls * 99 / 100] / 1e6, used.toNanos() / 1e3 / polls));
    }

    /** Lets one client send events, each of which is acknowledged; returns the time of each poll in nanoseconds. */
    private long[] play(URI owner, URI asked, int polls) throws Exception {
        String body = send(owner, "", "");
        String query = "&sid=" + body.substring(9, body.indexOf('"', 9));
        send(asked, query, "40");
        send(asked, query, "");
        var nanos = new long[polls];
        for (int i = 0; i < polls; i++) {
            send(asked, query, "420[\"join\",[]]");
            long start = System.nanoTime();
            send(asked, query, "");
            nanos[i] = System.nanoTime() - start;
        }
        send(asked, query, "1");
        return nanos;
    }

    private String send(URI node, String query, String body) throws Exception {
        var request = HttpRequest.newBuilder(node.resolve("/socket.io/?EIO=4&transport=polling" + query))
                .timeout(Duration.ofSeconds(60));
        return http.send(
                (body.isEmpty() ? request : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }
}
