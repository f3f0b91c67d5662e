/**
 * Engine.IO: its packets, their two encodings, and the machine that runs one session over polling and WebSocket. Socket.IO packets,
 * sockets, threads and clocks stay out.
 */
@NullMarked
package dev.parley.protocol.engine;

import org.jspecify.annotations.NullMarked;
