package dev.parley.spring;

import dev.parley.server.ServerOptions;

/**
 * Sets options of the server that have no property, such as an adapter or a parser. Beans of this type are called in their order ({@code
 * @Order}), after the {@code parley.…} properties are applied, and override them.
 */
@FunctionalInterface
public interface ServerOptionsCustomizer {
    /** Sets options of the server. */
    void customize(ServerOptions.Builder options);
}
