package dev.parley.server;

/**
 * The current lengths of a server's queues.
 *
 * @param sendBytes      bytes in the send queues of all sessions together
 * @param mostSendBytes  bytes in the longest send queue; past {@code maxQueuedBytes} its session is closed
 * @param events         events that wait for handlers, of all sockets together
 * @param mostEvents     events that wait for handlers of the socket with the most
 */
public record Queues(long sendBytes, long mostSendBytes, long events, long mostEvents) {}
