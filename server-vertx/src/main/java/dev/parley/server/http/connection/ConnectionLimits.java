package dev.parley.server.http.connection;

import java.time.Duration;

/**
 * The limits of the connections of an HTTP server. Immutable.
 *
 * @param headTimeout      maximum time of a request's head, from the opening of the connection or the first byte of the head; then 408
 * @param idleTimeout      maximum time between two requests of a client
 * @param proxyIdleTimeout the same of a trusted proxy; longer than the proxy keeps its connections, or the proxy sends a request on one that is just
 *                         being closed, and answers 502
 * @param perAddress       maximum number of connections of one IP address (of IPv6, one /64) that is no trusted proxy; 0 is no limit
 */
public record ConnectionLimits(Duration headTimeout, Duration idleTimeout, Duration proxyIdleTimeout,
        int perAddress) {

    public ConnectionLimits {
        if (!headTimeout.isPositive() || !idleTimeout.isPositive() || !proxyIdleTimeout.isPositive()) {
            throw new IllegalArgumentException("the timeouts of connections must be positive");
        }
        if (perAddress < 0) {
            throw new IllegalArgumentException("perAddress must not be negative, and is " + perAddress);
        }
    }

    /** Returns the defaults: 10 s, 15 s, 75 s, and no limit of connections. */
    public static ConnectionLimits defaults() {
        return new ConnectionLimits(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(75),
                0);
    }

    /** Returns the same limits with another maximum number of connections of one address; 0 is no limit. */
    public ConnectionLimits withPerAddress(int most) {
        return new ConnectionLimits(headTimeout, idleTimeout, proxyIdleTimeout, most);
    }

    /** Returns the same limits with other timeouts. */
    public ConnectionLimits withTimeouts(Duration head, Duration idle, Duration proxyIdle) {
        return new ConnectionLimits(head, idle, proxyIdle, perAddress);
    }
}
