/**
 * Serves the official Socket.IO Admin UI: a namespace of its own, in which that page is told of the server's sockets and may act on them.
 * The page itself, and any other way to look at a server, stay out.
 */
@NullMarked
package dev.parley.server.admin;

import org.jspecify.annotations.NullMarked;
