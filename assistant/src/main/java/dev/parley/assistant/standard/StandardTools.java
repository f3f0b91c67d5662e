package dev.parley.assistant.standard;

import dev.parley.assistant.tool.Tool;
import java.util.List;

/** The tools that every conversation has: time, arithmetic, units, timers and the notepad. */
public final class StandardTools {

    private static final List<Tool> ALL = List.of(TimeTool.create().readOnly(),
            CalculateTool.create().readOnly(), ConvertTool.create().readOnly(), TimerTools.set(),
            TimerTools.list().readOnly(), TimerTools.cancel(), NoteTools.remember(),
            NoteTools.recall().readOnly(), NoteTools.forget());

    private StandardTools() {}

    /** Returns all standard tools. */
    public static List<Tool> all() {
        return ALL;
    }
}
