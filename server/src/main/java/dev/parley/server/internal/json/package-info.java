/**
 * Values of applications to and from the JSON of events, acknowledgements and auth objects. Sending and receiving stay out, and so do packets,
 * which {@code protocol} encodes.
 */
@NullMarked
package dev.parley.server.internal.json;

import org.jspecify.annotations.NullMarked;
