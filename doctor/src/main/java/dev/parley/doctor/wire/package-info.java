/** HTTP/1.1, TLS and WebSocket on plain sockets, with control over each connection, header and byte. Conclusions stay outside. */
@NullMarked
package dev.parley.doctor.wire;

import org.jspecify.annotations.NullMarked;
