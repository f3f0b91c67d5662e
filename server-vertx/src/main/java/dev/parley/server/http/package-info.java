/**
 * HTTP and WebSocket under a server's path: only this package and those below it know Vert.x and Netty. Packets are interpreted in {@code
 * server}.
 *
 * <p>Applications use the public types of this package. The packages below it are internal and may change in any release.
 */
@NullMarked
package dev.parley.server.http;

import org.jspecify.annotations.NullMarked;
