/**
 * The conversation of one browser as a value-in, value-out machine, and the browser's contract: decoding its events and rendering ours.
 * Sockets, threads, clocks, the models and the tools themselves stay outside.
 */
@NullMarked
package dev.parley.voice.conversation;

import org.jspecify.annotations.NullMarked;
