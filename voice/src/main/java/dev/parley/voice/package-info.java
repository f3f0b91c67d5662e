/**
 * The seam to a speech model: the settings of a stream, its commands and its events, among them the declaration, call and result of a tool as
 * text. A conversation's use of it is in {@code voice.conversation}; models, and the work of tools, stay outside.
 */
@NullMarked
package dev.parley.voice;

import org.jspecify.annotations.NullMarked;
