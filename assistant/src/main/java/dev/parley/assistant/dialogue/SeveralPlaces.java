package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.standard.Places;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits a question about several places into one for each: "the weather in Paris and London". A recogniser may leave out the commas, so
 * "Paris London and Tokyo" is three places, because each of them is a known name. Stateless.
 */
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

    private static final int MAX_WORDS = 4;
    private static final String STATES = "england,scotland,wales,northern ireland,usa,us,uk,america,alabama,alaska,arizona,arkansas,california,"
            + "colorado,connecticut,delaware,florida,georgia,hawaii,idaho,illinois,indiana,iowa,kansas,kentucky,louisiana,maine,maryland,"
            + "massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,new jersey,new mexico,"
            + "north carolina,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,tennessee,texas,utah,vermont,virginia,"
            + "west virginia,wisconsin,wyoming,ontario,quebec,alberta,manitoba,nova scotia,british columbia,queensland,tasmania";
    /** Countries and states that follow the name of a city: "Paris Texas" is one place. Cities that are countries are left out. */
    private static final Set<String> REGIONS = regions();

    private SeveralPlaces() {}

    /** Returns one question for each place, or the text alone if it asks for one place at most. */
    static List<String> split(String text) {
        var found = MatchedGroups.match(QUESTION, text);
        if (found.isEmpty() || ONE_PLACE.matcher(found.get().get("places")).matches()) {
            return List.of(text);
        }
        var places = Arrays.stream(found.get().get("places").split(",? and (?:in |for |at )?|, ", -1))
                .map(String::strip)
                .flatMap(place -> separated(place).stream())
                .toList();
        if (places.stream().anyMatch(place -> place.isEmpty() || NO_PLACE.matcher(place).matches())) {
            return List.of(text);
        }
        return places.stream()
                .map(place -> found.get().get("head") + " " + place + " " + found.get().get("tail"))
                .toList();
    }

    /** Separates names that stand side by side; returns the text alone unless it consists of known names. */
    private static List<String> separated(String text) {
        var words = text.split(" +", -1);
        var names = new ArrayList<String>();
        for (int at = 0; at < words.length;) {
            int end = nameEnd(words, at);
            if (end == at) {
                return List.of(text);
            }
            var name = String.join(" ", Arrays.copyOfRange(words, at, end));
            if (!names.isEmpty() && REGIONS.contains(name.toLowerCase(Locale.ROOT))) {
                names.add(names.removeLast() + " " + name); // "Paris Texas"
            } else {
                names.add(name);
            }
            at = end;
        }
        return names;
    }

    /** Returns the end of the longest known name that begins at a word, or that word's index. */
    private static int nameEnd(String[] words, int at) {
        for (int end = Math.min(words.length, at + MAX_WORDS); end > at; end--) {
            if (Places.isName(String.join(" ", Arrays.copyOfRange(words, at, end)))) {
                return end;
            }
        }
        return at;
    }

    private static Set<String> regions() {
        var regions = new HashSet<String>();
        for (var country : Locale.getISOCountries()) {
            regions.add(Locale.of("", country).getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT));
        }
        regions.removeAll(Set.of("singapore", "hong kong", "monaco", "luxembourg", "gibraltar", "macao"));
        regions.addAll(List.of(STATES.split(",", -1)));
        return Set.copyOf(regions);
    }
}
