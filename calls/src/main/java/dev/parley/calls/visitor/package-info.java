/**
 * Who visits the server, and what a visitor may choose. Knows nothing of sockets and HTTP: the application finds out who it is.
 */
@NullMarked
package dev.parley.calls.visitor;

import org.jspecify.annotations.NullMarked;
