/**
 * Defines the seam between the ear and voice of this module and what answers: the embedded assistant, or a language model. Turn-taking,
 * recognition and synthesis stay outside.
 */
@NullMarked
package dev.parley.speech.answer;

import org.jspecify.annotations.NullMarked;
