/**
 * Serves the official Socket.IO Admin UI in a namespace of its own. Sends the page the server's sockets and performs its commands; the page
 * itself, and any other way to observe a server, stay outside.
 */
@NullMarked
package dev.parley.server.admin;

import org.jspecify.annotations.NullMarked;
