/**
 * The public API: a Socket.IO server, its namespaces, sockets and events, and what joins them to the protocol's machines. HTTP, frames
 * and the engine's sessions stay in the packages below.
 */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
