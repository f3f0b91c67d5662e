package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.UserUtterance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Matches an utterance to a request: the skills in order, then small talk, each on the whole text first and then on its sentences. An
 * utterance without a match gets one short sentence, which neither repeats the utterance nor lists the assistant's abilities.
 */
final class IntentMatcher {
    private static final int MAX_SENTENCES = 6;
    /** Maximum number of requests that are answered at once. */
    private static final int MAX_REQUESTS = 4;
    private static final int REQUEST_WORDS = 3;
    private static final String BETWEEN = "(?<=[.?!;])\\s+|, (?:and|but|so) "
            + "| and (?=(?:then|also|tell|what|how|set|remind|remember|give|convert|cancel|start|play)\\b)";
    private static final List<Skill> SKILLS = List.of(new EmergencySkill(), new SpeedSkill(),
            new AppointmentSkill(), new CorrectionSkill(), new AlarmSkill(), new TimerSkill(),
            new ListSkill(), new SpellingSkill(), new NoteSkill(), new DateSkill(), new ChanceSkill(),
            new TimeSkill(), new WeatherSkill(), new UnitSkill(), new MathSkill(), ListSkill::answer);

    private final SmallTalk smallTalk;

    IntentMatcher(SmallTalk smallTalk) {
        this.smallTalk = smallTalk;
    }

    Move of(String said, DialogueState state, PromptIdentity persona) {
        state.awaited = state.expecting;
        state.expecting = DialogueState.Expecting.NOTHING;
        state.aside = false;
        var whole = UserUtterance.of(said, persona.name());
        if (whole.raw().isEmpty() || !whole.raw().codePoints().anyMatch(Character::isLetterOrDigit)) {
            state.expecting = state.awaited;
            return new Move.Tell(state.unheard());
        }
        return one(whole, state, persona).or(() -> sentences(whole.raw(), state, persona))
                .orElseGet(() -> new Move.Tell(state.fallback()));
    }

    /**
     * Splits an utterance into its requests, if each would be understood alone; otherwise returns it whole, so that a request which the
     * recogniser cut in two stays whole.
     */
    List<String> requests(String said, PromptIdentity persona) {
        var parts = parts(UserUtterance.of(said, persona.name()).raw()).stream()
                .flatMap(part -> SeveralPlaces.split(part).stream())
                .toList();
        boolean several = parts.size() > 1 && parts.size() <= MAX_REQUESTS
                && parts.stream().allMatch(part -> isRequest(UserUtterance.of(part, persona.name())));
        return several ? parts : List.of(said);
    }

    private static boolean isRequest(UserUtterance part) {
        return part.words() >= REQUEST_WORDS
                && skill(part, new DialogueState()).filter(move -> !(move instanceof Move.Need)).isPresent();
    }

    private static List<String> parts(String raw) {
        return Arrays.stream(raw.split(BETWEEN, -1)).filter(part -> !part.isBlank()).toList();
    }

    private Optional<Move> one(UserUtterance heard, DialogueState state, PromptIdentity persona) {
        // The answer to a question may be any text, such as a name, but not "repeat that".
        var repeated = state.awaited == DialogueState.Expecting.NOTHING ? Optional.<String>empty()
                : smallTalk.repeat(heard, state);
        if (repeated.isPresent()) {
            return repeated.map(Move.Tell::new);
        }
        var chat = heard.text().matches("(?:what is|who|remember|do you remember) .*")
                && !state.userName.isEmpty() ? smallTalk.answer(heard, state, persona)
                        : Optional.<String>empty();
        return chat.<Move>map(Move.Tell::new)
                .or(() -> skill(heard, state))
                .or(() -> smallTalk.answer(heard, state, persona).map(Move.Tell::new));
    }

    private static Optional<Move> skill(UserUtterance heard, DialogueState state) {
        return SKILLS.stream()
                .map(skill -> skill.consider(heard, state))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Returns the move for the first sentence that needs a tool, or else for the last one if all are small talk. A sentence about the
     * conversation itself, such as "speak slower", takes effect, but another request goes first.
     */
    private Optional<Move> sentences(String raw, DialogueState state, PromptIdentity persona) {
        var sentences = parts(raw).stream()
                .limit(MAX_SENTENCES)
                .map(part -> UserUtterance.of(part, persona.name()))
                .toList();
        if (sentences.size() < 2) {
            return Optional.empty();
        }
        var aside = Optional.<Move>empty();
        for (var sentence : sentences) {
            var move = skill(sentence, state);
            if (move.isPresent() && !state.aside) {
                return move;
            }
            aside = move.isPresent() ? move : aside;
            state.aside = false;
            state.expecting = DialogueState.Expecting.NOTHING;
        }
        if (aside.isPresent()) {
            state.aside = true;
            state.expecting = state.awaited;
            return aside;
        }
        // A stray "hello" in a long announcement is no small talk: every sentence must be one.
        var talk = sentences.stream().map(sentence -> smallTalk.answer(sentence, state, persona)).toList();
        return talk.stream().allMatch(Optional::isPresent) ? talk.getLast().map(Move.Tell::new)
                : Optional.empty();
    }
}
