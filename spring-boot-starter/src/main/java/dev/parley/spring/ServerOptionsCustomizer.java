package dev.parley.spring;

import dev.parley.server.ServerOptions;

/**
 * Sets options of the server that have no property, such as an adapter or a parser. Beans of this type are called in their order, after the
 * {@code parley.…} properties are applied, and override them.
 */
@FunctionalInterface
public interface ServerOptionsCustomizer {
    /** Sets options. */
    void customize(ServerOptions.Builder options);
}
