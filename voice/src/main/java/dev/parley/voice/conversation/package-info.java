/**
 * Implements the conversation of one browser as a value-in, value-out machine. The JSON of the browser contract is in
 * {@code voice.contract}; sockets, threads, clocks, the models and the tools themselves stay outside. More than 25 files,
 * because they are the parts of one machine, which nothing else sees.
 */
@NullMarked
package dev.parley.voice.conversation;

import org.jspecify.annotations.NullMarked;
