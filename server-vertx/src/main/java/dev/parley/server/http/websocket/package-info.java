/**
 * WebSocket on the event loop: the upgrade, frames in and out, compression. Messages are interpreted in {@code server}; other requests stay
 * out.
 *
 * <p>Internal to this module, and public for its other packages only: it may change in any release.
 */
@NullMarked
package dev.parley.server.http.websocket;

import org.jspecify.annotations.NullMarked;
