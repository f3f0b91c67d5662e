package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words the abilities of the assistant, which follow from its tools. */
final class AbilityPhrases {
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("book_appointment", "make, move, find and cancel appointments"),
            Map.entry("get_time", "tell the time and date anywhere"),
            Map.entry("find_date", "count the days until a holiday"), Map.entry("calculate", "do sums"),
            Map.entry("convert_units", "convert units"), Map.entry("get_weather", "tell the weather"),
            Map.entry("set_timer", "set timers"), Map.entry("set_alarm", "set alarms"),
            Map.entry("remember", "remember things for you"), Map.entry("add_to_list", "keep lists"),
            Map.entry("random_number", "throw coins and dice"));

    private final String offer;

    AbilityPhrases(Set<String> tools) {
        var can = new ArrayList<String>();
        WORDS.stream()
                .filter(entry -> tools.contains(entry.getKey()))
                .forEach(entry -> can.add(entry.getValue()));
        offer = can.isEmpty() ? "I can only chat a little." : "I can " + WrittenForms.list(can) + ".";
    }

    /** Returns one sentence that lists the abilities. */
    String offer() {
        return offer;
    }
}
