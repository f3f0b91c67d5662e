/**
 * The server behind {@link dev.parley.server.SocketIoServer}: its namespaces, sessions and port. Connections are opened in
 * {@code transport}, above it.
 */
@NullMarked
package dev.parley.server.internal.core;

import org.jspecify.annotations.NullMarked;
