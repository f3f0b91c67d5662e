/**
 * The handlers of one socket: their registration, and the queue that runs them in order. The events that they handle come from outside.
 */
@NullMarked
package dev.parley.server.internal.handler;

import org.jspecify.annotations.NullMarked;
