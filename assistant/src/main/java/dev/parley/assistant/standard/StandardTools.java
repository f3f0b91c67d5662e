package dev.parley.assistant.standard;

import dev.parley.assistant.tool.Tool;
import java.util.List;

/** The tools that every conversation has: time, dates, arithmetic, units, timers, notes, lists and chance. */
public final class StandardTools {

    private static final List<Tool> ALL = List.of(TimeTool.create(), CalculateTool.create(),
            ConvertTool.create(), TimerTools.set(), TimerTools.list(), TimerTools.cancel(),
            TimerTools.alarm(), NoteTools.remember(), NoteTools.recall(), NoteTools.forget(), ListTools.add(),
            ListTools.read(), ListTools.remove(), DateTool.create(), RandomTool.create());

    private StandardTools() {}

    /** Returns all standard tools. */
    public static List<Tool> all() {
        return ALL;
    }
}
