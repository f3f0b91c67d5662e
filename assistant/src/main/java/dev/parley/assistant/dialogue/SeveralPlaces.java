package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Splits a question about several places into one for each: "the weather in Paris and London". Stateless. */
final class SeveralPlaces {
    private static final String NAME = "[\\p{L}][\\p{L}'\u2019. ]{1,40}?";
    private static final Pattern QUESTION = Pattern.compile(
            "(?i)(?<head>.{0,80}\\b(?:weather|forecast|temperature|time|rain|raining|snow|snowing|hot|cold|warm|sunny|windy|cloudy)\\b.{0,40}?\\b(?:in|for|at) )"
                    + "(?<places>" + NAME + "(?:, " + NAME + "){0,3},? and (?:in |for |at )?" + NAME
                    + ")(?<tail>(?: (?:right now|now|today|tomorrow|the day after tomorrow|please))*[.?! ]*)");
    private static final Pattern ONE_PLACE = Pattern.compile(
            "(?i).*\\b(?:trinidad|bosnia|antigua|turks|tyne|newfoundland|saint kitts|st kitts|saint vincent|sao tome|wallis|saint pierre)\\b.*");
    private static final Pattern NO_PLACE = Pattern.compile(
            "(?i)(?:what|how|when|who|where|then|also|tell|set|remind|is|will|please|the|my|a|an|remember|give|convert|cancel|start|play)\\b.*|.*\\b(?:minutes?|hours?|seconds?|days?)\\b.*");

    private SeveralPlaces() {}

    /** Returns one question for each place, or the text alone if it asks for one place at most. */
    static List<String> split(String text) {
        var found = MatchedGroups.match(QUESTION, text);
        if (found.isEmpty() || ONE_PLACE.matcher(found.get().get("places")).matches()) {
            return List.of(text);
        }
        var places = Arrays.stream(found.get().get("places").split(",? and (?:in |for |at )?|, ", -1))
                .map(String::strip)
                .toList();
        if (places.stream().anyMatch(place -> place.isEmpty() || NO_PLACE.matcher(place).matches())) {
            return List.of(text);
        }
        return places.stream()
                .map(place -> found.get().get("head") + " " + place + " " + found.get().get("tail"))
                .toList();
    }
}
