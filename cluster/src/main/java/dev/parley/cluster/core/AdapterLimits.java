package dev.parley.cluster.core;

import java.time.Duration;

/**
 * Limits of one namespace's adapter.
 *
 * @param requestTimeout     how long other servers may take to respond to {@code fetchSockets}
 * @param maxPendingRequests requests that wait for other servers at one time. Further ones fail, or are answered by this server alone
 * @param maxAckTimeout      how long acknowledgements are waited for on behalf of another server, whatever it says
 */
public record AdapterLimits(Duration requestTimeout, int maxPendingRequests, Duration maxAckTimeout) {
    /** Returns the defaults: 5 s, 10 000 requests, 10 minutes. */
    public static AdapterLimits defaults() {
        return new AdapterLimits(Duration.ofSeconds(5), 10_000, Duration.ofMinutes(10));
    }
}
