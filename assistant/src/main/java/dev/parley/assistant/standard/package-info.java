/**
 * The tools that every conversation has: time, dates, arithmetic, units, timers, notes, lists and random results, as functions of their
 * arguments and the conversation's context. Clocks, schedulers, threads and the wording of an answer stay outside.
 */
@NullMarked
package dev.parley.assistant.standard;

import org.jspecify.annotations.NullMarked;
