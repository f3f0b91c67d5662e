/**
 * A Socket.IO client for programs: the command line, the doctor, tests and load. What the packets mean on the wire belongs to
 * {@code protocol}; what the events mean stays with the callers.
 */
@NullMarked
package dev.parley.client;

import org.jspecify.annotations.NullMarked;
