/**
 * Runs the protocol's sessions: their table, their loop, their timers, and the ports through which HTTP reaches them. Namespaces,
 * applications and any HTTP engine stay out.
 */
@NullMarked
package dev.parley.server.engine;

import org.jspecify.annotations.NullMarked;
