package dev.parley.speech.dialogue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an utterance asks for: the skills in order, then small talk, each on the whole text first and then on its sentences, and at
 * last an admission of what was heard.
 */
final class Understanding {
    private static final int MAX_SENTENCES = 6;
    private static final int HEARD_WORDS = 24;
    /** The most requests that are answered at once. */
    private static final int MAX_REQUESTS = 4;
    private static final int REQUEST_WORDS = 3;
    private static final String BETWEEN = "(?<=[.?!;])\\s+|, (?:and|but|so) "
            + "| and (?=(?:then|also|tell|what|how|set|remind|remember|give|convert|cancel|start|play)\\b)";
    private static final List<Skill> SKILLS = List.of(new EmergencySkill(), new AppointmentSkill(),
            new TimerSkill(), new NoteSkill(), new TimeSkill(), new WeatherSkill(), new UnitSkill(),
            new MathSkill());

    private final SmallTalk smallTalk;
    private final Abilities abilities;

    Understanding(SmallTalk smallTalk, Abilities abilities) {
        this.smallTalk = smallTalk;
        this.abilities = abilities;
    }

    Move of(String said, Memory memory, Persona persona) {
        memory.awaited = memory.expecting;
        memory.expecting = Memory.Expecting.NOTHING;
        var whole = Utterance.of(said, persona.name());
        if (whole.raw().isEmpty() || !whole.raw().codePoints().anyMatch(Character::isLetterOrDigit)) {
            return new Move.Tell("Sorry, I did not catch that.");
        }
        return one(whole, memory, persona).or(() -> sentences(whole.raw(), memory, persona))
                .orElseGet(() -> new Move.Tell(admit(whole, memory)));
    }

    /**
     * The requests in what was said, when there are several and each would be understood alone; else what was said. So a request that the
     * recogniser cut in two stays whole.
     */
    List<String> requests(String said, Persona persona) {
        var parts = parts(Utterance.of(said, persona.name()).raw());
        boolean several = parts.size() > 1 && parts.size() <= MAX_REQUESTS
                && parts.stream().allMatch(part -> isRequest(Utterance.of(part, persona.name())));
        return several ? parts : List.of(said);
    }

    private static boolean isRequest(Utterance part) {
        return part.words() >= REQUEST_WORDS
                && skill(part, new Memory()).filter(move -> !(move instanceof Move.Need)).isPresent();
    }

    private static List<String> parts(String raw) {
        return Arrays.stream(raw.split(BETWEEN, -1)).filter(part -> !part.isBlank()).toList();
    }

    private Optional<Move> one(Utterance heard, Memory memory, Persona persona) {
        var chat = heard.text().matches("(?:what is|who|remember|do you remember) .*")
                && !memory.userName.isEmpty() ? smallTalk.answer(heard, memory, persona)
                        : Optional.<String>empty();
        return chat.<Move>map(Move.Tell::new)
                .or(() -> skill(heard, memory))
                .or(() -> smallTalk.answer(heard, memory, persona).map(Move.Tell::new));
    }

    private static Optional<Move> skill(Utterance heard, Memory memory) {
        return SKILLS.stream()
                .map(skill -> skill.consider(heard, memory))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Of several sentences, the first that needs a tool, or else the last that is small talk. */
    private Optional<Move> sentences(String raw, Memory memory, Persona persona) {
        var sentences = parts(raw).stream()
                .limit(MAX_SENTENCES)
                .map(part -> Utterance.of(part, persona.name()))
                .toList();
        if (sentences.size() < 2) {
            return Optional.empty();
        }
        for (var sentence : sentences) {
            var move = skill(sentence, memory);
            if (move.isPresent()) {
                return move;
            }
        }
        // A stray "hello" in a long announcement is no small talk: every sentence must be one.
        var talk = sentences.stream().map(sentence -> smallTalk.answer(sentence, memory, persona)).toList();
        return talk.stream().allMatch(Optional::isPresent) ? talk.getLast().map(Move.Tell::new)
                : Optional.empty();
    }

    private String admit(Utterance heard, Memory memory) {
        var words = heard.raw().split(" ", HEARD_WORDS + 1);
        var said = String.join(" ", List.of(words).subList(0, Math.min(words.length, HEARD_WORDS)));
        var brief = said.substring(0, Math.min(said.length(), 200)).replaceFirst("[\\s.,!?;:]+$", "")
                + (words.length > HEARD_WORDS || said.length() > 200 ? ", and so on" : "");
        return memory.vary("I heard: ", "You said: ") + brief + ". I cannot help with that. "
                + (memory.turn % 3 == 0 ? abilities.offer() : "Ask me what I can do.");
    }
}
