package dev.parley.calls.state;

import dev.parley.assistant.standard.Notepad;
import dev.parley.assistant.standard.UserLists;
import dev.parley.assistant.standard.UserTimers;
import dev.parley.assistant.standard.UserTimers.Timer;
import dev.parley.assistant.tool.ToolContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Items that the tools keep for the user of one call. Immutable.
 *
 * @param timers    the running timers and alarms, each with the time at which it is due
 * @param lastTimer the highest id that a timer has had
 */
public record UserItems(List<Timer> timers, int lastTimer, List<String> notes,
        Map<String, List<String>> lists) {

    public UserItems {
        timers = List.copyOf(timers);
        notes = List.copyOf(notes);
        lists = Map.copyOf(lists);
    }

    /** Returns what the tools keep in a context that has {@link UserTimers}. */
    public static UserItems of(ToolContext context) {
        var lists = new LinkedHashMap<String, List<String>>();
        for (String name : UserLists.of(context).names()) {
            lists.put(name, UserLists.of(context).items(name));
        }
        var timers = UserTimers.of(context);
        return new UserItems(timers.running(), timers.highestId(), Notepad.of(context).all(), lists);
    }

    /** Gives these to the tools of a context that has {@link UserTimers}. Overdue timers are due at once. */
    public void into(ToolContext context) {
        notes.forEach(Notepad.of(context)::add);
        lists.forEach((name, items) -> items.forEach(item -> UserLists.of(context).add(name, item)));
        UserTimers.of(context).restore(timers, lastTimer);
    }
}
