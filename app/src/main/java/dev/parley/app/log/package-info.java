/**
 * How log lines look and where they go. What is worth a line is decided where it happens; speech, transcripts, prompts and tool
 * arguments never are, unless the setting {@code log-content} says so.
 */
@NullMarked
package dev.parley.app.log;

import org.jspecify.annotations.NullMarked;
