/**
 * Decides whose turn it is: when the user begins, pauses, ends and interrupts. Also tracks how much of an answer has been heard by now.
 * Pure: frames and instants come in, effects go out; sound, models and threads stay outside.
 */
@NullMarked
package dev.parley.speech.turn;

import org.jspecify.annotations.NullMarked;
