package dev.parley.protocol.session;

/**
 * A request of the client: a poll, a POST, or an upgrade to WebSocket. The owner of a {@link Session} implements it; inputs and effects
 * name the request they are about. The session keeps it and compares it by identity; it calls nothing on it.
 */
public interface ClientRequest {}
