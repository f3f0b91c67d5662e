/**
 * Runs the sessions of the protocol: their table, loops, timers and memory, and the interfaces that an HTTP engine implements. Namespaces,
 * applications and HTTP engines belong elsewhere.
 */
@NullMarked
package dev.parley.server.engine;

import org.jspecify.annotations.NullMarked;
