/**
 * A small dialogue without a language model: it matches the user's intent, decides what to say or which tool to call, and words the answer, as
 * a pure function of what came before. Sound, speech models, clocks and the work of the tools stay outside.
 *
 * <p>
 * More than 25 files: one for each kind of request, which share the package-private state of a conversation.
 */
@NullMarked
package dev.parley.assistant.dialogue;

import org.jspecify.annotations.NullMarked;
