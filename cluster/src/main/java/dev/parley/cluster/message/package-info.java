/**
 * The messages between the servers of a cluster, and their formats on the wire: those of the published adapters of Node.js. No thread,
 * clock, socket or logger; what travels and when stays out.
 */
@NullMarked
package dev.parley.cluster.message;

import org.jspecify.annotations.NullMarked;
