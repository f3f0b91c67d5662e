/**
 * A Socket.IO client for the command line and tests. The protocol's packets and machines belong to {@code protocol}, the meaning of events
 * to the callers.
 */
@NullMarked
package dev.parley.client;

import org.jspecify.annotations.NullMarked;
