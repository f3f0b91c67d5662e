/**
 * What the assistant can do besides talk: time, arithmetic, units, timers and a notepad, as pure functions of their arguments and a
 * {@link dev.parley.voice.tool.ToolContext}. Clocks, schedulers, threads and the choice of words for an answer stay outside.
 */
@NullMarked
package dev.parley.voice.tool;

import org.jspecify.annotations.NullMarked;
