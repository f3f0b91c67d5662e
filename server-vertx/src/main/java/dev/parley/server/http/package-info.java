/**
 * HTTP and WebSocket under a server's path: the only package that knows Vert.x and Netty. Packets are interpreted in {@code server}.
 *
 * <p>More than 25 files: requests, poll responses and WebSocket frames share package-private types of the event loop, and applications see three
 * types only.
 */
@NullMarked
package dev.parley.server.http;

import org.jspecify.annotations.NullMarked;
