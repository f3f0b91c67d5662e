package dev.parley.cluster.message;

import dev.parley.protocol.Durations;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code opts} of a message: rooms, exceptions and flags. Stateless; any thread. */
final class OptionValues {
    /** Longest time to wait, in milliseconds: beyond it, the timers of Node.js run out at once. */
    private static final int MAX_TIMEOUT = Integer.MAX_VALUE - 1;

    private OptionValues() {}

    static ObjectNode tree(BroadcastOptions options) {
        var tree = receivers(options);
        var flags = tree.putObject("flags");
        if (options.isVolatile()) {
            flags.put("volatile", true);
        }
        if (!options.compress()) {
            flags.put("compress", false);
        }
        return tree;
    }

    /** As {@link #tree(BroadcastOptions)}, with a time to wait, in milliseconds. */
    static ObjectNode tree(BroadcastOptions options, Optional<Duration> timeout) {
        var tree = tree(options);
        timeout.ifPresent(limit -> ((ObjectNode) tree.path("flags")).put("timeout",
                Math.clamp(Durations.bounded(limit).toMillis(), 1, MAX_TIMEOUT)));
        return tree;
    }

    /** Returns rooms and exceptions only. */
    static ObjectNode receivers(BroadcastOptions options) {
        var tree = Values.object();
        tree.set("rooms", Values.texts(options.rooms()));
        tree.set("except", Values.texts(options.except()));
        return tree;
    }

    static BroadcastOptions read(JsonNode opts) {
        var flags = Values.requireObject(opts).path("flags");
        return new BroadcastOptions(Values.names(opts.path("rooms")), Values.names(opts.path("except")), true,
                flags.path("volatile").asBoolean(false), flags.path("compress").asBoolean(true));
    }

    /** Returns the flag {@code timeout}, if it is a positive number of milliseconds. */
    static Optional<Duration> timeout(JsonNode opts) {
        var value = opts.path("flags").path("timeout");
        double millis = value.isNumber() ? value.asDouble() : 0;
        return millis > 0 && millis <= MAX_TIMEOUT ? Optional.of(Duration.ofMillis((long) Math.ceil(millis)))
                : Optional.empty();
    }
}
