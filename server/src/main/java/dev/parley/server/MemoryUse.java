package dev.parley.server;

/**
 * The memory that all clients together occupy, and the effects of its limit.
 *
 * @param used              memory in use that counts towards {@code memoryBudget}, in bytes
 * @param limit             {@code memoryBudget}, in bytes
 * @param sessionsEnded     number of sessions closed since the start because the limit was exceeded
 * @param pausedConnections number of connections not read now, since too many of their events wait for handlers
 * @param waitingSenders    number of threads that wait now for room in a send queue
 */
public record MemoryUse(long used, long limit, long sessionsEnded, int pausedConnections,
        int waitingSenders) {}
