package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handles spelling: "how do you spell rhythm?". Works on the raw text, in which number words are still words. */
final class SpellingSkill implements Skill {
    private static final String WORD = "(?:the (?:word|name) )?['\"\u2018\u201c]?(?<word>[\\p{L}]{2,30})['\"\u2019\u201d]?";
    private static final Pattern SPELL = Pattern.compile(
            "(?i)(?:(?:hey|hi|hello|okay|ok|so|and|please|parley|can you|could you|would you|can you tell me|tell me|do you know)[, ]+)*"
                    + "(?:how (?:do|would|can|should) (?:you|i|we|people) spell|how to spell|spell(?: out)?(?: for me)?|what is the spelling of|what's the spelling of|the spelling of) "
                    + WORD + "(?: correctly| for me| please)*[.?! ]*" + "|(?i)how is "
                    + WORD.replace("<word>", "<second>") + " (?:spelled|spelt)[.?! ]*");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        return MatchedGroups.match(SPELL, heard.raw())
                .map(groups -> groups.first("word", "second"))
                .filter(word -> !word.matches("(?i)it|that|this|check|please"))
                .map(word -> {
                    var letters = String.join("-", word.toUpperCase(Locale.ROOT).split("", -1))
                            .replaceFirst("-$", "");
                    return new Move.Tell(WrittenForms.sentence(word.toLowerCase(Locale.ROOT)) + " is spelled "
                            + letters + ".");
                });
    }
}
