package dev.parley.server;

import java.util.Optional;

/**
 * Decides for each request of a page of another origin whether it may come in, and what its browser is told: other origins for another path,
 * host or tenant. Called on the request's event loop, once for each such request, preflights and upgrades to WebSocket too; must not block.
 */
@FunctionalInterface
public interface CorsRule {
    /**
     * Decides.
     *
     * @param origin  of the page, as {@code https://host[:port]}; that of its {@code Referer} when a script element makes the request
     * @param request its head, without credentials of the namespace
     * @return what the page is told, whose own origins and rule are not asked; empty when it may not come in, as when this throws
     */
    Optional<CorsOptions> decide(String origin, Handshake request);
}
