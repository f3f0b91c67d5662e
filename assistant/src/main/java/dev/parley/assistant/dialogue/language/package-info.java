/**
 * English as the dialogue needs it: an utterance in its normalised forms, numbers and lengths of time in it, and written forms for a
 * reply. The meaning of a request stays outside.
 */
@NullMarked
package dev.parley.assistant.dialogue.language;

import org.jspecify.annotations.NullMarked;
