/**
 * The state machine of an Engine.IO session, with its inputs and effects. Packets and their encodings, sockets, threads and clocks belong
 * elsewhere.
 */
@NullMarked
package dev.parley.protocol.session;

import org.jspecify.annotations.NullMarked;
