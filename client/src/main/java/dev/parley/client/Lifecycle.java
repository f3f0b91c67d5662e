package dev.parley.client;

import java.time.Duration;

/** What happens to a connection apart from its events; delivered in order with them, on the same thread. */
public sealed interface Lifecycle {

    /** The namespace took us in. {@code id} is the Socket.IO id. */
    record Connected(String id, String transport) implements Lifecycle {}

    /** The WebSocket took over, {@code after} the first request. */
    record Upgraded(Duration after) implements Lifecycle {}

    /** The WebSocket could not be had; the connection stays on polling. */
    record UpgradeFailed(String reason) implements Lifecycle {}

    /** The connection is gone. The reasons are the official client's, for example {@code "ping timeout"}. */
    record Disconnected(String reason) implements Lifecycle {}

    /** The next try, from 1, starts after {@code delay}. */
    record Reconnecting(int attempt, Duration delay) implements Lifecycle {}

    /** No try is left. */
    record GaveUp(String reason) implements Lifecycle {}
}
