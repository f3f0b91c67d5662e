/**
 * The seam to a speech model: what a stream is opened with, what it is told and what it tells. How a conversation uses it is in
 * {@code voice.conversation}; how a model does it stays outside.
 */
@NullMarked
package dev.parley.voice;

import org.jspecify.annotations.NullMarked;
