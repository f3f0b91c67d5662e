package dev.parley.speech.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The meaning of words that the user says over an answer. Pure; English.
 *
 * <p>
 * Only words decide: a voice alone proves no interruption. A text is a {@link #MURMUR}, a {@link #BACKCHANNEL} or {@link #WAIT} if it consists of
 * such words only; everything else is {@link #SPEECH}.
 */
public enum Interjection {
    /** No words, or sounds that the recogniser wrote as letters: a hum, a cough. */
    MURMUR,
    /** A sign of attention, such as "mm-hm" or "right": the answer goes on. */
    BACKCHANNEL,
    /** A backchannel that can also answer a question, such as "yes" or "okay". */
    ASSENT,
    /** The speaker asks for a moment: the answer waits. */
    WAIT,
    /** Anything else: the answer is over. */
    SPEECH;

    private static final int MAX_WORDS = 12;
    private static final int MAX_PHRASE = 4;

    private static final Set<String> SOUNDS = Set.of("mm", "mmm", "hm", "hmm", "hmmm", "mhm", "mmhmm", "uh",
            "uhh", "um", "umm", "er", "erm", "ah", "ahh", "eh", "huh", "ha", "haha", "ugh", "ooh", "oof",
            "phew", "shh");
    private static final Set<String> ATTENTION = Set.of("mm hm", "mm hmm", "mhm", "mmhmm", "uh huh", "aha",
            "ah ha", "oh", "wow", "great", "nice", "cool", "good", "interesting", "really", "i see", "got it",
            "go on", "go ahead", "continue", "keep going", "please continue", "carry on", "oh i see",
            "oh really", "oh wow", "oh nice", "very good", "very nice", "makes sense", "that makes sense",
            "of course", "exactly", "true", "perfect", "wonderful", "excellent", "fine", "alright then",
            "indeed", "amazing", "awesome", "lovely", "hm okay");
    private static final Set<String> ASSENTS = Set.of("yes", "yeah", "yep", "yup", "ya", "okay", "ok", "k",
            "right", "alright", "all right", "sure", "absolutely", "definitely", "correct", "that is right",
            "that's right", "sounds good", "sounds great");
    private static final Set<String> PAUSES = Set.of("wait", "wait a minute", "wait a second",
            "wait a moment", "wait a sec", "just a minute", "just a second", "just a moment", "just a sec",
            "one minute", "one second", "one moment", "one sec", "hold on", "hold on a second",
            "hold on a minute", "hang on", "hang on a second", "give me a second", "give me a moment",
            "give me a minute", "please wait", "a moment", "a moment please", "one moment please", "pause");

    /** Classifies the words that were recognised. */
    public static Interjection of(String text) {
        List<String> words = words(text);
        if (words.isEmpty() || letters(text, words)) {
            return MURMUR;
        }
        if (words.size() > MAX_WORDS) {
            return SPEECH;
        }
        var most = MURMUR;
        for (int at = 0; at < words.size();) {
            int length = Math.min(MAX_PHRASE, words.size() - at);
            var found = SPEECH;
            for (; length > 0 && found == SPEECH; length--) {
                found = phrase(String.join(" ", words.subList(at, at + length)));
            }
            if (found == SPEECH) {
                return SPEECH;
            }
            most = found.compareTo(most) > 0 ? found : most;
            at += length + 1;
        }
        return most;
    }

    private static Interjection phrase(String words) {
        if (PAUSES.contains(words)) {
            return WAIT;
        }
        if (ASSENTS.contains(words)) {
            return ASSENT;
        }
        if (ATTENTION.contains(words)) {
            return BACKCHANNEL;
        }
        return SOUNDS.contains(words) ? MURMUR : SPEECH;
    }

    /** Returns whether the text is single letters, which the recogniser writes for some hums: "A. H. M. N.", "M. M. H. and M.". */
    private static boolean letters(String text, List<String> words) {
        return text.indexOf('.') >= 0 && words.stream()
                .allMatch(word -> word.equals("and")
                        || (word.length() == 1 && Character.isLetter(word.charAt(0))));
    }

    /** Returns the words in lower case, without punctuation; a hyphen separates words. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        for (int i = 0; i <= lower.length(); i++) {
            char c = i < lower.length() ? lower.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || (c == '\'' && !word.isEmpty())) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
