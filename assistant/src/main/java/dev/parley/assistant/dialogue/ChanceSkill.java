package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles requests for random results: "flip a coin", "roll two dice", "a random number between one and ten". */
final class ChanceSkill implements Skill {
    private static final Pattern COIN = Pattern.compile(
            "(?:flip|toss|throw)(?: me)? (?:(?:a |the |1 )?coin|(?<coins>\\d{1,2}) coins)(?: for me| again)?|heads or tails|(?:do )?a? ?coin (?:flip|toss)");
    private static final Pattern DICE = Pattern.compile(
            "(?:roll|throw)(?: me)?(?: an?| the| some)?(?: (?<count>\\d{1,2}))?(?: (?<sides>\\d{1,3}) sided)? (?:die|dice|dices|dies)(?: again)?|(?:roll|throw)(?: an?| 1)? d(?<d>\\d{1,3})");
    private static final Pattern NUMBER = Pattern.compile(
            "(?:(?:pick|choose|generate|say|think of|name|get|select|make|what is|i need|have) )?(?:me )?(?:(?:an?|any|some|1|another) )?random number(?<range> (?:between|from) (?<from>-?\\d{1,12}) (?:and|to|through) (?<to>-?\\d{1,12}))?"
                    + "|(?:(?:pick|choose|think of|name|say|select) )?(?:an?|any|1) number (?:between|from) (?<from2>-?\\d{1,12}) (?:and|to|through) (?<to2>-?\\d{1,12})");

    private static final Pattern AGAIN = Pattern.compile(
            "again|once more|1 more time|another(?: 1)?|try again|do (?:it|that) again|(?:flip|toss|throw|roll|pick)(?: it| them| 1| another(?: 1)?)?(?: again| once more)?");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var core = heard.core();
        if (AGAIN.matcher(core).matches() && !state.chance.isEmpty() && state.chanceTurn == state.turn - 1) {
            return remembered(state.chance, state);
        }
        return remembered(core, state);
    }

    private static Optional<Move> remembered(String core, DialogueState state) {
        var move = move(core);
        if (move.isPresent()) {
            state.chance = core;
            state.chanceTurn = state.turn;
        }
        return move;
    }

    private static Optional<Move> move(String core) {
        var coins = MatchedGroups.match(COIN, core);
        if (coins.isPresent()) {
            var count = coins.get().get("coins");
            return Optional.of(ask(1, 2, count.isEmpty() ? 1 : Integer.parseInt(count),
                    numbers -> WrittenForms.sentence(WrittenForms.list(
                            numbers.stream().map(number -> number.equals("1") ? "heads" : "tails").toList()))
                            + "."));
        }
        var dice = MatchedGroups.match(DICE, core);
        if (dice.isPresent()) {
            var sides = dice.get().first("sides", "d");
            int count = dice.get().get("count").isEmpty()
                    ? core.matches(".*\\bdices?\\b.*") && core.matches(".*\\b(?:some|the) .*") ? 2 : 1
                    : Integer.parseInt(dice.get().get("count"));
            return Optional
                    .of(ask(1, sides.isEmpty() ? 6 : Long.parseLong(sides), count, ChanceSkill::thrown));
        }
        return MatchedGroups.match(NUMBER, core).map(groups -> {
            var from = groups.first("from", "from2");
            var to = groups.first("to", "to2");
            return ask(from.isEmpty() ? 1 : Long.parseLong(from), to.isEmpty() ? 100 : Long.parseLong(to), 1,
                    numbers -> "My number is " + WrittenForms.grouped(numbers.getFirst()) + ".");
        });
    }

    private static Move ask(long from, long to, int count,
            java.util.function.Function<List<String>, String> answer) {
        var arguments = Move.arguments().put("minimum", from).put("maximum", to);
        if (count != 1) {
            arguments.put("count", count);
        }
        return new Move.Ask("random_number", arguments, "throw coins or dice", result -> {
            var numbers = numbers(result);
            return numbers.isEmpty() ? "That did not work." : answer.apply(numbers);
        });
    }

    private static String thrown(List<String> numbers) {
        if (numbers.size() == 1) {
            return "It is a " + numbers.getFirst() + ".";
        }
        long sum = numbers.stream().mapToLong(Long::parseLong).sum();
        return WrittenForms.list(numbers) + ": " + sum + " in all.";
    }

    private static List<String> numbers(JsonNode result) {
        var numbers = new ArrayList<String>();
        result.path("numbers").values().forEach(number -> numbers.add(String.valueOf(number.asLong(0))));
        return numbers;
    }
}
