package dev.parley.server;

/**
 * What waits in a server's queues.
 *
 * @param sendBytes      bytes that wait for clients, of all sessions together
 * @param mostSendBytes  those of the session with the most; it is ended past {@code maxQueuedBytes}
 * @param events         events that wait for handlers, of all sockets together
 * @param mostEvents     those of the socket with the most; its session is ended past {@code maxPendingEvents}
 */
public record Queues(long sendBytes, long mostSendBytes, long events, long mostEvents) {}
