/**
 * HTTP and WebSocket under a server's path: the only package that knows Vert.x and Netty. What a packet means is not decided here.
 */
@NullMarked
package dev.parley.server.http;

import org.jspecify.annotations.NullMarked;
