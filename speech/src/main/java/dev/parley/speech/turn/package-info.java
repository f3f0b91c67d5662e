/**
 * Decides whose turn it is: when the user begins, pauses, ends and interrupts, and whether a voice is the assistant's own. Also tracks how
 * much of an answer has been heard, and amplifies a quiet microphone. No I/O and no clock: recognition, synthesis, other models and threads
 * stay outside.
 */
@NullMarked
package dev.parley.speech.turn;

import org.jspecify.annotations.NullMarked;
