/**
 * Connects sockets with conversations: one {@code Call} for each socket feeds the pure conversation and performs its effects. The transport of
 * bytes and the decisions of a conversation stay outside.
 */
@NullMarked
package dev.parley.app.call;

import org.jspecify.annotations.NullMarked;
