/**
 * One client's connection: runs the protocol's machine between a session and its sockets, and limits their queues. Sessions and transports
 * stay out.
 */
@NullMarked
package dev.parley.server.internal.connection;

import org.jspecify.annotations.NullMarked;
