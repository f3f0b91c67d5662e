package dev.parley.cluster.broker;

import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.message.MessageLimits;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the brokers of one server share.
 *
 * @param countInterval how often the number of servers is asked for
 * @param clock         the time of Redis, in milliseconds, as last heard and what has passed since
 */
public record BrokerContext(MessageLimits limits, Traffic traffic, Timeouts timeouts, Duration countInterval,
        LongSupplier clock) {}
