/**
 * Defines the seam to a speech model: the settings, commands and events of a stream. The declaration, call and result of a tool are among
 * them, as text. Also holds the mailbox and the alarm that calls, timers and models use. A conversation's use of the seam is in
 * {@code voice.conversation}; models, and the work of tools, stay outside.
 */
@NullMarked
package dev.parley.voice;

import org.jspecify.annotations.NullMarked;
