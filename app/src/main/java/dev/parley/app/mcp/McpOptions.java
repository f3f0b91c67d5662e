package dev.parley.app.mcp;

import java.time.Duration;

/**
 * How patient we are with a server.
 *
 * @param answer     how long it may take to answer
 * @param firstPause the wait before it is started again, doubled each time up to a minute
 * @param restarts   how often it is started again in a row; then it is left alone
 * @param healthy    having lived this long, it is forgiven what was before
 * @param ping       how often an idle one is asked whether it lives
 */
record McpOptions(Duration answer, Duration firstPause, int restarts, Duration healthy, Duration ping) {

    static McpOptions defaults(Duration answer) {
        return new McpOptions(answer, Duration.ofSeconds(1), 5, Duration.ofMinutes(1),
                Duration.ofSeconds(30));
    }

    Duration pause(int restart) {
        var doubled = firstPause.multipliedBy(1L << Math.min(restart, 10));
        return doubled.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : doubled;
    }
}
