/**
 * Event loops: listening with several of them, and the order in which the tasks of their sessions run. The work of the tasks stays out.
 *
 * <p>Internal to this module, and public for its other packages only: it may change in any release.
 */
@NullMarked
package dev.parley.server.http.loop;

import org.jspecify.annotations.NullMarked;
