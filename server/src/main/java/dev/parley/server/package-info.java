/**
 * The public API: a Socket.IO server, its namespaces, sockets and events, their options, handlers and exceptions. Implementations stay in
 * {@code internal}, which may change at any time; sessions, adapters and the entrance for HTTP engines stay in the packages below.
 *
 * <p>More than 25 files, so that applications find all types that they use in one place.
 *
 * <p>{@link SocketIoServer}, {@link Namespace}, {@link ParentNamespace}, {@link Socket}, {@link RemoteSocket}, {@link Broadcasting}, {@link
 * BroadcastOperator}, {@link Event} and {@link Reply} are interfaces that the server implements. Applications use them and do not implement
 * them: a version may add methods. A unit test may replace them by mocks; engines take only servers of {@link SocketIoServer#create}.
 */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
