/**
 * The state machines of an Engine.IO session, the server's side and the client's, with their inputs and effects. Packets and their
 * encodings, sockets, threads and clocks belong elsewhere.
 */
@NullMarked
package dev.parley.protocol.session;

import org.jspecify.annotations.NullMarked;
