package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An entry of a {@link RecoveryLog}.
 *
 * @param sender  the name of the adapter that added it
 * @param number  the number of the broadcast among those of its sender; 0 if the sender does not count them
 * @param message decodes the message when it is asked for. Returns empty for an entry of another namespace, or of an unknown type; throws {@link
 *                dev.parley.cluster.message.MalformedMessageException} for an entry that cannot be understood
 */
public record LogEntry(LogId id, String sender, long number, Supplier<Optional<ClusterMessage>> message) {}
