/**
 * The tools that every conversation has: time, arithmetic, units, timers and a notepad, as pure functions of their arguments and the
 * conversation's context. Clocks, schedulers, threads and the wording of an answer stay outside.
 */
@NullMarked
package dev.parley.assistant.standard;

import org.jspecify.annotations.NullMarked;
