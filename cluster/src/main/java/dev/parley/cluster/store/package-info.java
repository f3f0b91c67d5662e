/** Encrypts what the servers of a cluster keep in Redis and what nobody else shall read. Where it is kept, and for how long, is decided elsewhere. */
@NullMarked
package dev.parley.cluster.store;

import org.jspecify.annotations.NullMarked;
