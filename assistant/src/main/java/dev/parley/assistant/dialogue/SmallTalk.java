package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers without a tool: greetings, thanks, jokes and the like, and requests that the assistant cannot fulfil. */
final class SmallTalk {
    private static final Pattern MY_NAME = Pattern.compile(
            "(?:(?:hello|hi|hey|and|well|so) )*(?:my name is|call me|people call me|i am called) (?<name>(?!a |an |the |not |so )[\\p{L}]{2,20})(?: .{0,20})?");
    private static final Pattern FULL_NAME = Pattern.compile(
            "(?i:my name is|my name's|call me|i am called) (?<name>\\p{Lu}[\\p{L}'\u2019-]+(?: \\p{Lu}[\\p{L}'\u2019-]+){0,2})");
    private static final Pattern GREETING = Pattern.compile(
            "(?:hey|hi|hello|good (?:morning|afternoon|evening|day)|greetings)(?: there| again| everyone| you)? (?<rest>.+)");
    private static final Pattern REPEAT = Pattern.compile(
            "(?:repeat|say)(?: that| it| this| what you (?:just )?said)*(?: again| once more| 1 more time)?|repeat the (?:last|second|first) (?:part|bit|word|sentence|thing|answer)|what did you(?: just)? say|pardon(?: me)?|(?:come )?again|what was that|say again|once more|1 more time|(?:i )?(?:did not|could not) (?:hear|understand|catch|get) (?:that|you|it|the last (?:part|bit))|what|huh|excuse me|sorry what");

    private record Topic(Pattern heard, List<String> replies) {}

    private static final List<Topic> TOPICS = SmallTalkTopics.ROWS.stream().map(SmallTalk::read).toList();

    private final AbilityPhrases abilities;

    SmallTalk(AbilityPhrases abilities) {
        this.abilities = abilities;
    }

    /** Returns the reply, which is "" for silence, or nothing if the utterance is no small talk. */
    Optional<String> answer(UserUtterance heard, DialogueState state, PromptIdentity persona) {
        var introduced = MatchedGroups.match(MY_NAME, heard.text());
        if (introduced.isPresent()) {
            state.userName = WrittenForms.sentence(introduced.get().get("name"));
            var full = FULL_NAME.matcher(heard.raw());
            state.caller = full.find() ? full.group("name") : state.userName;
            return Optional.of("Nice to meet you, " + state.userName + ". I am " + persona.name() + ".");
        }
        if (!state.userName.isEmpty() && heard.core()
                .matches("what is my name|who am i|my name|remember my name|what am i called")) {
            return Optional.of("Your name is " + state.userName + ".");
        }
        var repeated = repeat(heard, state);
        if (repeated.isPresent()) {
            return repeated;
        }
        return topic(heard.text(), state, persona).or(() -> topic(heard.core(), state, persona))
                .or(() -> MatchedGroups.match(GREETING, heard.text())
                        .flatMap(groups -> topic(groups.get("rest"), state, persona)));
    }

    /** Returns what was said last if the user asks for it, or nothing. A question that was asked stays open. */
    Optional<String> repeat(UserUtterance heard, DialogueState state) {
        if (!REPEAT.matcher(heard.core()).matches()) {
            return Optional.empty();
        }
        state.aside = true;
        state.expecting = state.awaited;
        return Optional.of(state.lastSaid.isEmpty() ? "I have not said anything yet." : state.lastSaid);
    }

    private Optional<String> topic(String text, DialogueState state, PromptIdentity persona) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return TOPICS.stream()
                .filter(topic -> topic.heard().matcher(text).matches())
                .findFirst()
                .map(topic -> topic.replies()
                        .get(Math.floorMod(state.turn, topic.replies().size()))
                        .replace("{name}", persona.name())
                        .replace("{offer}", abilities.offer())
                        .strip());
    }

    /** Reads a row: a pattern for the whole text, then the replies. */
    private static Topic read(List<String> row) {
        return new Topic(Pattern.compile(row.getFirst()), row.subList(1, row.size()));
    }
}
