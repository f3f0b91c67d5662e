/**
 * The browser contract as values: the commands that a browser sends, the events that it receives, and the codec between these values and
 * JSON. When an event is sent is decided in {@code voice.conversation}; sockets stay outside.
 */
@NullMarked
package dev.parley.voice.contract;

import org.jspecify.annotations.NullMarked;
