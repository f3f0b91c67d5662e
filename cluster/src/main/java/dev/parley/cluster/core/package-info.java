/**
 * The adapter of a cluster above a broker: what is done here, what is asked of the other servers, and when that ends. Formats of messages
 * and the way to Redis stay out.
 */
@NullMarked
package dev.parley.cluster.core;

import org.jspecify.annotations.NullMarked;
