/**
 * Socket.IO: its packets, their encoding as Engine.IO messages, and the state machine of one connection's namespaces. Transports,
 * application handlers and JSON trees belong elsewhere.
 */
@NullMarked
package dev.parley.protocol.socket;

import org.jspecify.annotations.NullMarked;
