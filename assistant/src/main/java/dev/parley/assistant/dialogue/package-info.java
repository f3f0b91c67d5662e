/**
 * A small dialogue without a language model: it matches the user's intent, decides what to say or which tool to call, and words the
 * answer, as a pure function of the conversation so far. Sound, speech models, clocks and the work of the tools stay outside.
 *
 * <p>
 * More than 25 files, because there is one for each kind of request, and all share the package-private state of a conversation.
 */
@NullMarked
package dev.parley.assistant.dialogue;

import org.jspecify.annotations.NullMarked;
