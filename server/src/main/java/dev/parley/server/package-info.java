/**
 * The public API: a Socket.IO server, its namespaces, sockets and events, and what joins them to the protocol's machines. HTTP, frames
 * and the engine's sessions stay in the packages below.
 *
 * <p>{@link SocketIoServer}, {@link Namespace}, {@link ParentNamespace}, {@link Socket}, {@link RemoteSocket}, {@link Broadcasting}, {@link
 * BroadcastOperator}, {@link Event} and {@link Reply} are interfaces that the server implements. Applications use them and do not implement
 * them: a version may add methods. A unit test may replace them by mocks; engines take only servers of {@link SocketIoServer#create}.
 */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
