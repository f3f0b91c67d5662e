package dev.parley.server;

/**
 * The memory that all clients together occupy.
 *
 * @param used              bytes that count towards {@code memoryBudget}
 * @param limit             {@code memoryBudget}
 * @param sessionsEnded     sessions that were ended because it was exceeded, since the start
 * @param pausedConnections connections that are not read now, since too many of their events wait for handlers
 * @param waitingSenders    threads that wait now for room to send
 */
public record MemoryUse(long used, long limit, long sessionsEnded, int pausedConnections,
        int waitingSenders) {}
