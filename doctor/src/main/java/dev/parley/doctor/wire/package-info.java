/** HTTP/1.1 and WebSocket on raw sockets, where each connection, header and byte is in our hands. It judges nothing. */
@NullMarked
package dev.parley.doctor.wire;

import org.jspecify.annotations.NullMarked;
