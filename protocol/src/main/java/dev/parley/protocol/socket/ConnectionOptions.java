package dev.parley.protocol.socket;

import java.time.Duration;

/**
 * What a connection is told about itself.
 *
 * @param connectTimeout how long it may stay without joining a namespace
 * @param maxNamespaces  namespaces it may be in, or ask for, at once
 * @param maxPendingAcks answers awaited in all of them
 * @param limits         of its decoder
 * @param parser         how packets are written and read
 */
public record ConnectionOptions(Duration connectTimeout, int maxNamespaces, int maxPendingAcks,
        SocketLimits limits, SocketParser parser) {
    /** With the default parser. */
    public ConnectionOptions(Duration connectTimeout, int maxNamespaces, int maxPendingAcks,
            SocketLimits limits) {
        this(connectTimeout, maxNamespaces, maxPendingAcks, limits, SocketParser.json());
    }

    /** The server's defaults: 45 s to join, 64 namespaces, 1 000 answers awaited, JSON. */
    public static ConnectionOptions defaults() {
        return new ConnectionOptions(Duration.ofSeconds(45), 64, 1_000, SocketLimits.defaults());
    }
}
