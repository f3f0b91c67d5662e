package dev.parley.voice.tool;

import java.time.InstantSource;
import java.time.ZoneId;

/**
 * What the tools of one conversation work with.
 *
 * @param clock   the present
 * @param zone    where "here" is, when no place is named
 * @param notepad what the user asked to remember
 * @param timers  the user's running timers
 */
public record ToolContext(InstantSource clock, ZoneId zone, Notepad notepad, Timers timers) {}
