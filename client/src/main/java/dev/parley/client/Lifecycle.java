package dev.parley.client;

import java.time.Duration;

/** A change of a connection. Handlers receive it in order with the events, on the same thread. */
public sealed interface Lifecycle {

    /** The client has joined the namespace. {@code id} is the Socket.IO id. */
    record Connected(String id, String transport) implements Lifecycle {}

    /** The connection has upgraded to WebSocket, this time {@code after} the first request. */
    record Upgraded(Duration after) implements Lifecycle {}

    /** The upgrade failed; the connection stays on polling. */
    record UpgradeFailed(String reason) implements Lifecycle {}

    /** The connection has ended. The reasons are those of the official client, such as {@code "ping timeout"}. */
    record Disconnected(String reason) implements Lifecycle {}

    /** The next attempt, counted from 1, starts after {@code delay}. */
    record Reconnecting(int attempt, Duration delay) implements Lifecycle {}

    /** All attempts to reconnect have failed. */
    record GaveUp(String reason) implements Lifecycle {}
}
