package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles notes: "remember that my car is on level three", "what did I ask you to remember?", "forget everything". */
final class NoteSkill implements Skill {
    /** Matches the raw text, because a note is kept as it was said. */
    private static final Pattern REMEMBER = Pattern.compile(
            "(?i)(?:(?:hey|hi|hello|ok|okay|please|could you|can you|would you|will you|i want you to|"
                    + "i need you to|i would like you to|i'd like you to|so|and|also|well|now|um+|uh+|try to|always|just|parley|\\p{L}{2,20},)[, ]+)*"
                    + "(?:(?:please )?remember|make a (?:quick )?(?:mental )?note|take a (?:quick )?note|take note|note down|note to self|note|write (?:this |that )?down|jot (?:this |that )?down|keep in mind|"
                    + "bear in mind|don'?t forget|do not forget|save a note|add a note|add a note saying|memorize|memorise)(?![\\p{L}'])"
                    + "(?:[,:.]? (?:that|this|the following|of the fact that|saying)(?![\\p{L}']))?[,:.]*(?<note>.*)");
    private static final Pattern NO_NOTE = Pattern.compile(
            "(?i) *(?:when|how|what|who|where|why|if|me|us|the titans|the time|the days|the good old days|it|him|her|them|book|the day)\\b(?! .*\\b(?:is|are|was) ).*|.*\\bdo you\\b.*|.*\\bremember me\\b.*");
    private static final List<Pattern> RECALLS = List.of(Pattern.compile(
            "what have you (?:noted|remembered|written down)|what (?:was|am) i (?:supposed|meant) to (?:remember|do|know)|(?:what|which things?) (?:did|have|was it|was)(?: that)? i(?: just| ever)? (?:ask(?:ed)?|tell|told|say|said|want(?:ed)?|noted?|remember(?:ed)?|written|wrote|write|saved?)(?: you)?(?: to)?"
                    + "(?: remember| note| write| keep| memorize| save)?(?: down| in mind| for me| earlier| before)?(?: (?:about|of|on|regarding) (?<about>.+))?"),
            Pattern.compile(
                    "what (?:do|did|can|should|are|were|else do)(?: (?:you|i))?(?: supposed to| have to| need to)? (?:remember|remembering|note|keep in mind|know|have noted)(?: for me)?(?: (?:about|of) (?<about>(?!you).+))?"),
            Pattern.compile(
                    "(?:read|list|show|tell|say|what are|what is in|what is on|what is|check|open|recall|repeat|see|hear|have|are there|do i have|have i)(?: me| back| out| through| us)*(?: all| any)?(?: of)?(?: my| the| your)* (?:notes?|notepad|note pad|reminders|memory)(?: (?:to me|back|out|out loud|again|please|you have|for me))*(?: (?:about|on) (?<about>.+))?"),
            Pattern.compile(
                    "what i (?:asked|told|said|wanted) (?:you )?(?:to )?(?:remember|note|write down|keep in mind)|(?:my |the )?notes|what notes do i have|do i have any notes|any notes|what is in your memory|remind me what i (?:said|told you|asked you to remember)(?: about (?<about>.+))?"),
            Pattern.compile(
                    "do you (?:still )?remember (?:what i (?:said|told you|asked you to remember)(?: about )?|where |when |that )?(?<about>(?!me$|when we|us$|how we).*)"),
            Pattern.compile("(?:where|when|who|how old|what) (?:is|are|was|were) (?<about>my .+)"),
            Pattern.compile(
                    "(?:where|when|what|who) did i (?<about>(?!say|do|just|tell|ask|go wrong|come).+)"),
            Pattern.compile(
                    "did i (?:ask|tell) you (?:to remember )?(?:anything|something)(?: about (?<about>.+))?"));
    private static final Pattern FORGET_ALL = Pattern.compile(
            "(?:forget|delete|clear|erase|remove|wipe|empty|throw away)(?: about)?(?: everything| all| all of| all of it| every)?(?: of)?(?: my| the| your| those| that| this)*(?: (?:notes|notepad|note pad|memory|list))?(?: i (?:said|told you|asked you to remember))?");
    private static final Pattern FORGET_ONE = Pattern.compile(
            "(?:forget|delete|clear|erase|remove)(?: about| that| what i said about| what i told you about)*(?: the| my| that| last| latest)* (?:note|last note)(?: (?:about|on) (?<about>.+))?"
                    + "|(?:forget|delete|erase)(?: about| that| what i said about| what i told you about)* (?<second>(?:my|the|our) .+)");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var remember = REMEMBER.matcher(heard.raw());
        if (remember.matches()) {
            var note = tidy(remember.group("note")).replaceFirst("(?i)^(?:something|anything|a thing)$", "");
            if (note.isEmpty()) {
                state.expecting = DialogueState.Expecting.NOTE;
                return Optional.of(new Move.Tell("What shall I remember?"));
            }
            if (!NO_NOTE.matcher(note).matches() && !NO_NOTE.matcher(heard.raw()).matches()) {
                return Optional.of(remember(note, state));
            }
        }
        var recall = MatchedGroups.matchAny(RECALLS, heard.core())
                .or(() -> MatchedGroups.matchAny(RECALLS, heard.text()));
        if (recall.isPresent()) {
            return Optional.of(recall(recall.get().get("about")));
        }
        if (state.topic == DialogueState.Topic.NOTE && heard.core()
                .matches("forget (?:that|it|about that|about it|that again)|delete (?:that|it)")) {
            return Optional.of(forget(Move.arguments()));
        }
        var one = MatchedGroups.match(FORGET_ONE, heard.core())
                .filter(groups -> !FORGET_ALL.matcher(heard.core()).matches());
        if (one.isPresent()) {
            var about = one.get().first("about", "second");
            return Optional
                    .of(forget(about.isEmpty() ? Move.arguments() : Move.arguments().put("about", about)));
        }
        if (FORGET_ALL.matcher(heard.core()).matches()
                && heard.core().matches(".*\\b(?:everything|all|notes|notepad|pad|memory)\\b.*")) {
            return Optional.of(forget(Move.arguments().put("all", true)));
        }
        boolean answer = state.awaited == DialogueState.Expecting.NOTE && heard.words() > 0
                && heard.raw().length() <= 300;
        return answer && !heard.core().matches("nothing|never mind|no|stop|cancel|forget it")
                ? Optional.of(remember(tidy(heard.raw()), state))
                : Optional.empty();
    }

    private static Move remember(String note, DialogueState state) {
        state.topic = DialogueState.Topic.NOTE;
        var lead = state.vary("Okay, I will remember: ", "I have noted: ");
        return new Move.Ask("remember", Move.arguments().put("text", note), "keep notes",
                result -> lead + flip(result.path("remembered").asString("")) + ".");
    }

    private static Move recall(String about) {
        var arguments = about.isEmpty() ? Move.arguments() : Move.arguments().put("about", about);
        return new Move.Ask("recall", arguments, "keep notes", result -> recalled(result, about));
    }

    private static Move forget(tools.jackson.databind.node.ObjectNode arguments) {
        return new Move.Ask("forget", arguments, "keep notes", result -> {
            int count = result.path("forgotten").size();
            return count == 0 ? "There was nothing to forget."
                    : count == 1 ? "Okay, I have forgotten it."
                            : "Okay, I have forgotten " + count + " notes.";
        });
    }

    private static String recalled(JsonNode result, String about) {
        var notes = new ArrayList<String>();
        result.path("notes").values().forEach(note -> notes.add(flip(note.asString(""))));
        if (notes.isEmpty()) {
            return about.isEmpty() ? "You have not asked me to remember anything yet."
                    : "I have no note about " + flip(about) + ".";
        }
        if (notes.size() == 1) {
            return "You asked me to remember: " + notes.getFirst() + ".";
        }
        var said = new StringBuilder("You asked me to remember " + notes.size() + " things.");
        notes.stream()
                .limit(5)
                .forEach(note -> said.append(' ').append(WrittenForms.sentence(note)).append('.'));
        return said.append(notes.size() > 5 ? " And more." : "").toString();
    }

    /** Changes a note to the assistant's point of view: "my car" becomes "your car". */
    private static String flip(String note) {
        return note.replaceAll("(?i)\\bI'?m\\b|\\bI am\\b", "you are")
                .replaceAll("(?i)\\bmy\\b", "your")
                .replaceAll("(?i)\\bmine\\b", "yours")
                .replaceAll("(?i)\\bmyself\\b", "yourself")
                .replaceAll("\\bI was\\b", "you were")
                .replaceAll("\\b[Ii]\\b", "you")
                .replaceAll("(?i)\\bme\\b", "you");
    }

    private static String tidy(String note) {
        return note.strip()
                .replaceFirst("^[,:;. -]+", "")
                .replaceFirst("(?i)[, ]+(?:please|for me|thanks|thank you)[.!?]*$", "")
                .replaceFirst("[\\s.,!?;:]+$", "")
                .strip();
    }
}
