package dev.parley.assistant.mcp;

import dev.parley.assistant.tool.NetworkPolicy;
import java.time.Duration;

/**
 * Timeouts and restarts of a server.
 *
 * @param answer     timeout of a response
 * @param firstPause the wait before the first restart, doubled each time up to a minute
 * @param restarts   maximum of restarts in a row; then the server is given up
 * @param healthy    uptime after which the count of restarts begins again
 * @param ping       the interval at which an idle server is pinged
 * @param network    the addresses at which servers may be
 */
record McpOptions(Duration answer, Duration firstPause, int restarts, Duration healthy, Duration ping,
        NetworkPolicy network) {

    McpOptions(Duration answer, Duration firstPause, int restarts, Duration healthy, Duration ping) {
        this(answer, firstPause, restarts, healthy, ping, NetworkPolicy.GUARDED);
    }

    static McpOptions defaults(Duration answer, NetworkPolicy network) {
        return new McpOptions(answer, Duration.ofSeconds(1), 5, Duration.ofMinutes(1), Duration.ofSeconds(30),
                network);
    }

    Duration pause(int restart) {
        var doubled = firstPause.multipliedBy(1L << Math.min(restart, 10));
        return doubled.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : doubled;
    }
}
