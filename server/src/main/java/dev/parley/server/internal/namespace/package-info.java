/**
 * Namespaces and broadcasts to their members. A member is an interface here: sockets and connections stay out.
 */
@NullMarked
package dev.parley.server.internal.namespace;

import org.jspecify.annotations.NullMarked;
