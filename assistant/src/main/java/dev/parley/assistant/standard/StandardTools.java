package dev.parley.assistant.standard;

import dev.parley.assistant.tool.Tool;
import java.util.List;

/** The tools that every conversation has: time, dates, arithmetic, units, timers, notes, lists and random results. */
public final class StandardTools {

    private static final List<Tool> ALL = List.of(TimeTool.create().readOnly(),
            CalculateTool.create().readOnly(), ConvertTool.create().readOnly(), TimerTools.set(),
            TimerTools.list().readOnly(), TimerTools.cancel(), TimerTools.alarm(), NoteTools.remember(),
            NoteTools.recall().readOnly(), NoteTools.forget(), ListTools.add(), ListTools.read().readOnly(),
            ListTools.remove(), DateTool.create().readOnly(), RandomTool.create().readOnly());

    private StandardTools() {}

    /** Returns all standard tools. */
    public static List<Tool> all() {
        return ALL;
    }
}
