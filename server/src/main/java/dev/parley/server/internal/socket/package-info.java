/**
 * One client in one namespace: its rooms, its handlers and the sender of its events. The connection under it is an interface here.
 */
@NullMarked
package dev.parley.server.internal.socket;

import org.jspecify.annotations.NullMarked;
