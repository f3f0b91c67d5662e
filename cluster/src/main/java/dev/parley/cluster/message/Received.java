package dev.parley.cluster.message;

/**
 * A decoded message.
 *
 * @param sender the name of the adapter that sent it; empty if the format does not say
 */
public record Received(String sender, ClusterMessage message) {}
