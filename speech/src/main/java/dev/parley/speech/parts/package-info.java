/**
 * The files that the models come in: which they are, and whether they are there and whole. What is in them stays outside.
 */
@NullMarked
package dev.parley.speech.parts;

import org.jspecify.annotations.NullMarked;
