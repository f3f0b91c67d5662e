/**
 * Reads the values of request headers and queries: lists, hosts, origins, addresses. Decisions that depend on options stay out.
 *
 * <p>Internal to this module, and public for its other packages only: it may change in any release.
 */
@NullMarked
package dev.parley.server.http.header;

import org.jspecify.annotations.NullMarked;
