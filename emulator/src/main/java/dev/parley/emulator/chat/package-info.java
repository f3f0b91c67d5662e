/**
 * Emulates a service with an OpenAI-compatible endpoint for chat completions, for use without an account: streams, tool calls in pieces,
 * usage, and faults on demand. It shares no code with the client that it tests.
 */
@NullMarked
package dev.parley.emulator.chat;

import org.jspecify.annotations.NullMarked;
