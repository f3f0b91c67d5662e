/**
 * In-memory clients for tests of an application's handlers: {@link dev.parley.server.test.SocketIoTest} runs the real server without a
 * port. Test frameworks, HTTP and real transports stay out.
 */
@NullMarked
package dev.parley.server.test;

import org.jspecify.annotations.NullMarked;
