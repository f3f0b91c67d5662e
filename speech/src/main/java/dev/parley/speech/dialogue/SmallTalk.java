package dev.parley.speech.dialogue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers that need no tool: greetings, thanks, jokes and the like, and what the assistant knows it cannot do. */
final class SmallTalk {
    private static final Pattern MY_NAME = Pattern.compile(
            "(?:(?:hello|hi|hey|and|well|so) )*(?:my name is|call me|people call me|i am called) (?<name>(?!a |an |the |not |so )[\\p{L}]{2,20})(?: .{0,20})?");
    private static final Pattern GREETING = Pattern.compile(
            "(?:hey|hi|hello|good (?:morning|afternoon|evening|day)|greetings)(?: there| again| everyone| you)? (?<rest>.+)");

    private record Topic(Pattern heard, List<String> replies) {}

    private static final List<Topic> TOPICS = SmallTalkTopics.ROWS.stream().map(SmallTalk::read).toList();

    private final Abilities abilities;

    SmallTalk(Abilities abilities) {
        this.abilities = abilities;
    }

    /** What to say, "" for silence, or nothing at all when this is no small talk. */
    Optional<String> answer(Utterance heard, Memory memory, Persona persona) {
        var introduced = Groups.match(MY_NAME, heard.text());
        if (introduced.isPresent()) {
            memory.userName = Spoken.sentence(introduced.get().get("name"));
            return Optional.of("Nice to meet you, " + memory.userName + ". I am " + persona.name() + ".");
        }
        if (!memory.userName.isEmpty() && heard.core()
                .matches("what is my name|who am i|my name|remember my name|what am i called")) {
            return Optional.of("Your name is " + memory.userName + ".");
        }
        if (heard.core()
                .matches(
                        "(?:repeat|say)(?: that| it| this| what you (?:just )?said)*(?: again| once more| 1 more time)?|what did you(?: just)? say|pardon(?: me)?|(?:come )?again|what was that|say again|once more|1 more time|i (?:did not|could not) (?:hear|understand|catch) (?:that|you)|did not (?:hear|catch) (?:that|you)|what|huh|excuse me|sorry what")) {
            return Optional.of(memory.lastSaid.isEmpty() ? "I have not said anything yet." : memory.lastSaid);
        }
        return topic(heard.text(), memory, persona).or(() -> topic(heard.core(), memory, persona))
                .or(() -> Groups.match(GREETING, heard.text())
                        .flatMap(groups -> topic(groups.get("rest"), memory, persona)));
    }

    private Optional<String> topic(String text, Memory memory, Persona persona) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return TOPICS.stream()
                .filter(topic -> topic.heard().matcher(text).matches())
                .findFirst()
                .map(topic -> topic.replies()
                        .get(Math.floorMod(memory.turn, topic.replies().size()))
                        .replace("{name}", persona.name())
                        .replace("{offer}", abilities.offer())
                        .strip());
    }

    /** A row is a pattern for the whole text, and the replies in turn. */
    private static Topic read(List<String> row) {
        return new Topic(Pattern.compile(row.getFirst()), row.subList(1, row.size()));
    }
}
