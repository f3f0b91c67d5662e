/**
 * Failures that all parts of the assistant share. The assistant's tools, personas and dialogue are in the packages below; sound, sockets and
 * the conversation itself stay outside.
 */
@NullMarked
package dev.parley.assistant;

import org.jspecify.annotations.NullMarked;
