/**
 * Rooms and broadcasts: the contract that a cluster's adapter fulfils too, and the adapter that needs no
 * other server. Sessions, handlers and the application's view of a socket stay out.
 */
@NullMarked
package dev.parley.server.adapter;

import org.jspecify.annotations.NullMarked;
