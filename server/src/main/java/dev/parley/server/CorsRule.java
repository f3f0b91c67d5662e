package dev.parley.server;

import java.util.Optional;

/**
 * Decides on each request of a page of another origin whether it is allowed and which CORS headers its response has, for example by path,
 * host or tenant. Called on the request's event loop, once for each such request, preflights and WebSocket handshakes included; must not
 * block.
 */
@FunctionalInterface
public interface CorsRule {
    /**
     * Decides.
     *
     * @param origin  of the page, as {@code https://host[:port]}; that of its {@code Referer} when a script element makes the request
     * @param request its head, without credentials of the namespace
     * @return options for the headers of the response, whose own origins and rule are ignored; empty refuses the request, and so does an
     *         exception
     */
    Optional<CorsOptions> decide(String origin, Handshake request);
}
