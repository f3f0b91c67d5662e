package dev.parley.speech.turn;

import java.util.List;
import java.util.Set;

/**
 * The likelihood that a text ends a turn, judged by its words. The recogniser ends almost every text with a full stop, so a full stop
 * counts only if the words before it can end a sentence. Pure; English.
 */
public enum Completeness {
    /** The words call for more: a conjunction, a preposition, an article, an auxiliary verb, a filler, a number in progress. */
    UNFINISHED,
    /** The words could end here or go on. */
    OPEN,
    /** A whole sentence or a whole short answer. */
    COMPLETE;

    private static final int FRAGMENT_WORDS = 3;

    private static final Set<String> NEVER_LAST = Set.of(
            // conjunctions
            "and", "or", "but", "because", "if", "unless", "until", "although", "though", "whereas", "than",
            "whether", "nor",
            // prepositions
            "of", "to", "in", "on", "at", "for", "from", "with", "by", "about", "into", "between", "during",
            "without", "against", "among", "towards", "toward", "upon", "via", "per", "versus", "as",
            // articles and determiners
            "a", "an", "the", "my", "your", "our", "their", "its", "every", "each", "which", "whose",
            // auxiliary verbs
            "is", "are", "was", "were", "am", "will", "would", "could", "should", "shall", "may", "might",
            "must", "has", "had", "i'm", "you're", "we're", "they're", "i'll", "you'll", "we'll", "i'd",
            "you'd", "let's", "i've", "what's", "where's", "who's", "how's", "when's", "it's", "that's",
            "there's", "wanna", "gonna", "gotta", "very", "really",
            // operators of a calculation
            "plus", "minus", "times", "divided", "multiplied", "equals", "point", "over",
            // fillers
            "um", "umm", "uh", "uhm", "er", "erm", "hmm", "like", "well", "so", "actually", "maybe",
            "perhaps");
    /** Complete endings whose last word alone would be unfinished. */
    private static final Set<String> WHOLE_ENDINGS = Set.of("go on", "hold on", "hang on", "come on",
            "going on", "it on", "them on", "that on", "move on", "come in", "check in", "log in",
            "come from", "are you from", "it from", "is it for", "is that for", "it about", "that about",
            "this about", "talking about", "look like", "be like", "it like", "sound like", "there like",
            "start over", "it over", "that over", "think so", "hope so", "do so", "as well", "very well",
            "not really", "the point", "good point");
    /** Endings that are complete only after "yes", "no" or a question word: "tell me what time it is". */
    private static final Set<String> SUBJECT_VERB = Set.of("it is", "they are", "you are", "i am", "we are",
            "he is", "she is", "that is", "this is", "it was", "there is", "i was", "i would", "i will",
            "i could", "i should", "i may", "i might", "you may", "you must");
    private static final Set<String> QUESTION_WORDS = Set.of("what", "where", "who", "whom", "when", "how",
            "why", "which");
    /** Commands and openings that need an object. */
    private static final Set<String> BARE = Set.of("set", "set a timer", "set an alarm", "add", "convert",
            "remind me", "tell me", "show me", "give me", "i want", "i need", "i would", "can you",
            "could you", "would you", "will you", "please", "book", "schedule", "play", "call", "note",
            "take a note", "make a note", "remember", "calculate", "what", "how", "how much", "how many",
            "how long", "how far", "what time", "what about", "how about", "do you", "did you", "is it",
            "is there", "are there", "i want you", "i was", "i think", "i have", "i", "you", "we", "and then",
            "the weather", "the time", "what kind", "what sort", "hey", "hi can you", "translate", "spell",
            "define", "where", "when", "who", "why", "my name", "tell me what", "tell me how",
            "set the timer");
    private static final Set<String> WHOLE = Set.of("no", "nope", "hello", "hi", "thanks", "thank you",
            "stop", "goodbye", "bye", "help", "good morning", "good evening", "good afternoon", "good night",
            "never mind", "please do", "no thanks", "no thank you", "yes please", "repeat that",
            "say that again", "slower", "louder", "faster", "cancel", "cancel that", "stop it",
            "tell me more", "try again", "again", "thank you very much", "see you", "see you later",
            "be quiet", "flip a coin", "roll a die", "what", "why", "why not", "who", "how");
    private static final Set<String> CLAUSE_OPENERS = Set.of("if", "because", "although", "since", "unless");
    private static final Set<String> NUMBERS = Set.of("one", "two", "three", "four", "five", "six", "seven",
            "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
            "eighty", "ninety", "hundred", "thousand", "half");

    /** Judges the text of a turn so far. An empty text is {@link #OPEN}. */
    public static Completeness of(String text) {
        String stripped = text.strip();
        List<String> words = Interjection.words(stripped);
        if (words.isEmpty()) {
            return OPEN;
        }
        char end = stripped.charAt(stripped.length() - 1);
        boolean question = end == '?';
        boolean stop = question || end == '.' || end == '!';
        String all = String.join(" ", words);
        if (Interjection.of(text) != Interjection.SPEECH) {
            return stop ? COMPLETE : OPEN;
        }
        if (stop && WHOLE.contains(all) && (question || !QUESTION_WORDS.contains(all))) {
            return COMPLETE;
        }
        if ((!stop && !Character.isLetterOrDigit(end)) || stripped.endsWith("..")
                || callsForMore(words, all, question)) {
            return UNFINISHED;
        }
        boolean fragment = words.size() <= FRAGMENT_WORDS && !question && !isNumber(words.getLast())
                && !NEVER_LAST.contains(words.getLast()) && !QUESTION_WORDS.contains(words.getFirst());
        return stop && !fragment ? COMPLETE : OPEN;
    }

    private static boolean callsForMore(List<String> words, String all, boolean question) {
        String last = words.getLast();
        if (BARE.contains(all) || numberInProgress(words, all)) {
            return true;
        }
        if (opensClause(words, all)) {
            return true;
        }
        if (!NEVER_LAST.contains(last)) {
            return all.contains("between ") && !all.contains(" and ") && !question;
        }
        return !endsWhole(words, question);
    }

    /** Returns whether the last words end a sentence although the last word alone would not. */
    private static boolean endsWhole(List<String> words, boolean question) {
        for (int length = 2; length <= 3 && length <= words.size(); length++) {
            String ending = String.join(" ", words.subList(words.size() - length, words.size()));
            boolean verb = SUBJECT_VERB.contains(ending);
            if (verb || WHOLE_ENDINGS.contains(ending)) {
                return !verb || question
                        || (words.size() > length
                                && (words.getFirst().equals("yes") || words.getFirst().equals("no")
                                        || words.stream().anyMatch(QUESTION_WORDS::contains)));
            }
        }
        return false;
    }

    /** Returns whether a quantity lacks its unit, as in "set a timer for ten". */
    private static boolean numberInProgress(List<String> words, String all) {
        return isNumber(words.getLast()) && (all.contains("timer for") || all.contains("remind me in")
                || all.contains("minutes and") || all.contains("hours and") || all.startsWith("convert ")
                || all.startsWith("wake me in"));
    }

    /** Returns whether a subordinate clause stands alone: "if I add five and six". */
    private static boolean opensClause(List<String> words, String all) {
        return CLAUSE_OPENERS.contains(words.getFirst()) && !all.contains(" then ")
                && words.stream().skip(1).noneMatch(QUESTION_WORDS::contains) && words.size() < 8;
    }

    private static boolean isNumber(String word) {
        return NUMBERS.contains(word) || Character.isDigit(word.charAt(0));
    }
}
