/**
 * Turns written English into speakable words: "10:30 am" into "ten thirty A M". Pure and linear in the length of the text. Sound, and the
 * characters that a particular voice accepts, stay outside.
 */
@NullMarked
package dev.parley.speech.synthesis.normal;

import org.jspecify.annotations.NullMarked;
