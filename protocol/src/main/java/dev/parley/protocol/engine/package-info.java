/**
 * Engine.IO: its packets, their encodings in revisions 3 and 4, the handshake, the query of a request, close reasons and errors. The
 * machines of a session and Socket.IO packets belong elsewhere.
 */
@NullMarked
package dev.parley.protocol.engine;

import org.jspecify.annotations.NullMarked;
