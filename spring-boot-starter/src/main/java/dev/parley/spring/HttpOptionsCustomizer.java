package dev.parley.spring;

import dev.parley.server.http.HttpOptions;

/**
 * Sets options of the HTTP engine that have no property, such as a cookie, compression or request middleware. Beans of this type are
 * called in their order ({@code @Order}), after the {@code parley.…} properties are applied, and override them.
 */
@FunctionalInterface
public interface HttpOptionsCustomizer {
    /** Sets options of the HTTP engine. */
    void customize(HttpOptions.Builder options);
}
