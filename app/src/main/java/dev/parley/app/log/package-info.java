/**
 * The format and the target of log lines. The choice of events to log stays in the packages that log them; speech, transcripts, prompts
 * and tool arguments are logged only if the setting {@code log-content} is on.
 */
@NullMarked
package dev.parley.app.log;

import org.jspecify.annotations.NullMarked;
