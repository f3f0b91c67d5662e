/**
 * Defines the seam to a language model: a prompt in, a stream of text and tool calls out. Speech, turns and the history of a conversation
 * stay outside, as do the models themselves.
 */
@NullMarked
package dev.parley.voice.language;

import org.jspecify.annotations.NullMarked;
