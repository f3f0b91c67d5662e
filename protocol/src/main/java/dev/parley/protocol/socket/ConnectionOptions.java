package dev.parley.protocol.socket;

import java.time.Duration;

/**
 * The options of a {@link Connection}.
 *
 * @param connectTimeout maximum time until the client joins its first namespace
 * @param maxNamespaces  maximum number of namespaces that a client has joined or asked to join
 * @param maxPendingAcks maximum number of pending acks in all namespaces
 * @param limits         limits of the decoder
 * @param parser         encodes and decodes packets
 */
public record ConnectionOptions(Duration connectTimeout, int maxNamespaces, int maxPendingAcks,
        SocketLimits limits, SocketParser parser) {
    /** Creates options with the default parser. */
    public ConnectionOptions(Duration connectTimeout, int maxNamespaces, int maxPendingAcks,
            SocketLimits limits) {
        this(connectTimeout, maxNamespaces, maxPendingAcks, limits, SocketParser.json());
    }

    /** Returns the server's defaults: 45 s to join, 64 namespaces, 1 000 pending acks, JSON. */
    public static ConnectionOptions defaults() {
        return new ConnectionOptions(Duration.ofSeconds(45), 64, 1_000, SocketLimits.defaults());
    }
}
