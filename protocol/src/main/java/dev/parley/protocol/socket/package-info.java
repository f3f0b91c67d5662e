/**
 * Socket.IO: its packets, their encoding in Engine.IO messages, and the machine that runs the namespaces of one connection. Transports,
 * application handlers and JSON trees stay out.
 */
@NullMarked
package dev.parley.protocol.socket;

import org.jspecify.annotations.NullMarked;
