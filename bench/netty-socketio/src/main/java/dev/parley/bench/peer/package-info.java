/**
 * The peer netty-socketio as a server of the bench. Everything else of the bench stays out, since this one needs another Netty.
 */
@NullMarked
package dev.parley.bench.peer;

import org.jspecify.annotations.NullMarked;
