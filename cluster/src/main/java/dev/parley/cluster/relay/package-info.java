/** Finds the servers that own sessions, and carries requests to them over Redis. Rooms and broadcasts belong to the package {@code broker}. */
@NullMarked
package dev.parley.cluster.relay;

import org.jspecify.annotations.NullMarked;
