/**
 * Connection state recovery across servers: which events a client has, which it missed, and what is kept of its session. The formats and the
 * commands of Redis stay out.
 */
@NullMarked
package dev.parley.cluster.recovery;

import org.jspecify.annotations.NullMarked;
