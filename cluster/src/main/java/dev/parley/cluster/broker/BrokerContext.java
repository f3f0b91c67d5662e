package dev.parley.cluster.broker;

import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.message.MessageLimits;
import java.time.Duration;

/**
 * What the brokers of one server share.
 *
 * @param countInterval how often the number of servers is asked for
 */
public record BrokerContext(MessageLimits limits, Traffic traffic, Timeouts timeouts,
        Duration countInterval) {}
