/**
 * The wits of the embedded assistant: understands what a user said, decides what to say or which tool to call, and words the answer, as a
 * pure function of what came before. Sound, models of speech, clocks and the tools' work stay outside.
 */
@NullMarked
package dev.parley.speech.dialogue;

import org.jspecify.annotations.NullMarked;
