/**
 * A browser's conversation over a socket: one {@code Call} for each socket feeds the pure conversation and performs its effects.
 * Applications use {@code Calls}, {@code BrowserSockets}, {@code CallOptions}, {@code CallListener} and {@code CallView}. The transport of
 * bytes and the decisions of a conversation stay outside.
 */
@NullMarked
package dev.parley.calls;

import org.jspecify.annotations.NullMarked;
