package dev.parley.speech.synthesis.normal;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks one kind of written form. The pattern is tried where a word can begin, and sees at most {@link #WINDOW} characters from there, so
 * that the time stays linear in the length of the text.
 *
 * @param pattern the pattern of the form
 * @param words   returns its words; empty if it only looked like the form, so that another rule may match
 */
record Rule(Pattern pattern, Function<Form, Optional<String>> words) {

    /** Maximum length of a written form, in characters. */
    static final int WINDOW = 300;

    /** A written form that was found: its groups, and the text around it. */
    record Form(Matcher match, String text) {

        /** Returns a named group; "" if it is absent. */
        String get(String name) {
            var group = match.group(name);
            return group == null ? "" : group;
        }

        boolean has(String name) {
            return !get(name).isEmpty();
        }

        int number(String name) {
            return Integer.parseInt(get(name));
        }

        String all() {
            return match.group();
        }

        /** Returns the word before the form, without the signs around it; "" if there is none. */
        String wordBefore() {
            int end = match.start();
            while (end > 0 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
                end--;
            }
            int start = end;
            while (start > 0 && end - start < 30 && Character.isLetterOrDigit(text.charAt(start - 1))) {
                start--;
            }
            return text.substring(start, end);
        }

        /** Returns what follows the form. */
        String rest() {
            return text.substring(match.end());
        }

        boolean endsText() {
            return rest().isBlank();
        }
    }

    static Rule of(String pattern, Function<Form, String> words) {
        return new Rule(Pattern.compile(pattern), form -> Optional.of(words.apply(form)));
    }

    static Rule maybe(String pattern, Function<Form, Optional<String>> words) {
        return new Rule(Pattern.compile(pattern), words);
    }
}
