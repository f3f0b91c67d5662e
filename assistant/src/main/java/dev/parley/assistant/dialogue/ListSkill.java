package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Handles lists: "add milk to my shopping list", "what is on my list?", "remove milk", "do you keep my lists?". */
final class ListSkill implements Skill {
    private static final String ABILITY = "keep lists";
    private static final int MAX_BARE_WORDS = 8;
    private static final String LIST = "(?:my|the|our|a|that|this) (?:(?<list>[\\p{L}]+(?: [\\p{L}]+)?) )?list";
    private static final String ADD_WORD = "(?:add|put|write|include|place|write down|note)";
    private static final Pattern ADD = Pattern.compile(
            ADD_WORD + " (?<items>.{1,120}?) (?:to|on|onto|in|into) " + LIST + "(?: too| as well| also)?");
    /** Finds the items in the raw text, whose commas separate them. */
    private static final Pattern RAW_ITEMS = Pattern.compile("(?i)\\b" + ADD_WORD
            + " (?<items>.{1,160}?) (?:to|on|onto|in|into) (?:my|the|our|a|that|this)\\b.{0,40}\\blist\\b.*");
    private static final Pattern READ = Pattern.compile(
            "(?:(?:what|which (?:things|items)|what (?:things|items|else)|anything|is there anything)(?: (?:is|are|do i have|have i got|have i|did i put|i have))?(?: there| still| left| now)?"
                    + "|read|show|tell|list|open|check|see|hear|say|go through)(?: me| out| back| what is| everything| the items)*(?: on| in| from| of)? "
                    + LIST + "(?: again| to me| out| out loud| so far| right now| now)*");
    private static final Pattern REMOVE = Pattern.compile(
            "(?:remove|delete|take|cross|strike|erase|drop|scratch|get rid of)(?: out| off)? (?<item>(?!everything|all|every).{1,60}?) (?:from|off|off of|on|out of) "
                    + LIST);
    private static final Pattern CLEAR = Pattern.compile(
            "(?:clear|empty|delete|erase|wipe|remove|start over(?: with)?|start(?=.* over$))(?: (?:everything|all|all the items|all items|every item|it all))?(?: over)?(?: (?:on|from|off|of|in))? "
                    + LIST + "(?: out| over)?");
    private static final Pattern CREATE = Pattern.compile(
            "(?:start|create|make|begin|set up|open(?= (?:a|another|new)\\b))(?: me| us)? (?:(?:a|my|the|another) )?(?:new )?(?:(?<list>(?!new\\b)[\\p{L}]+(?: [\\p{L}]+)?) )?list(?: (?:called|named|for) (?:the |my |a )?(?<name>[\\p{L}]+(?: [\\p{L}]+)?))?");
    private static final Pattern HOW_MANY = Pattern.compile(
            "how (?:many|much) (?:(?:things|items|entries|stuff) )?(?:are|is|do i have|have i got)(?: there)? (?:on|in) "
                    + LIST);
    private static final Pattern HAS = Pattern.compile(
            "(?:(?:is|are)(?: there)?|do i have|have i got|did i (?:put|add|write))(?: any| some| the| a)? (?<item>(?!there\\b|anything\\b|nothing\\b|something\\b)[\\p{L}\\d ]{2,40}?)(?: already)? (?:on|in|to) "
                    + LIST + "(?: already)?");
    /** Items without a verb. Other answers to the question for them are refusals, questions, greetings and remarks. */
    private static final Pattern BARE = Pattern.compile(
            "(?!(?:add|put|write|include|remove|delete|no|nope|nah|none|not|nothing|anything|something|everything|whatever|never|nevermind|stop|cancel|quit|forget"
                    + "|what|how|when|who|where|why|which|set|tell|give me|thanks|thank|yes|yeah|okay|ok|sure|sorry|pardon|excuse me|huh|hello|hi|hey|good (?:morning|afternoon|evening|day|night)|goodbye|bye"
                    + "|i|we|you|he|she|they|it|this|that|is|are|am|do|does|did|can|could|will|would|should|may|let|repeat|say|speak|talk|read|show|play (?:some|a|the|me)|again|once more|1 more time"
                    + "|wait|hold on|hang on|(?:leave|skip|drop) it|enough|later|maybe later|help|done)(?: |$))(?=.*\\p{L})[\\p{L}\\p{N}, ]{2,80}");
    private static final Pattern LEAD_TO_ITEMS = Pattern.compile(
            "(?i)^(?:(?:just|only|maybe|well)[, ]+)*(?:(?:i|we) (?:need|want) (?:to (?:buy|get) )?(?!to\\b))?");
    private static final Pattern REMOVE_BARE = Pattern.compile(
            "(?:remove|delete|take off|cross off|cross out|scratch|drop|take away) (?:the )?(?<item>(?!it\\b|that\\b|all\\b|everything\\b)[\\p{L}\\d ]{2,40})(?: again)?");
    private static final Pattern ADD_BARE = Pattern.compile(
            "(?:add|and|also)(?: add| put)? (?<items>(?!(?:what|how|when|why|who|where|in|set|tell|remind|you|me|i|it|that|this|then|now|thanks|no|yes|is|are|do|can|stop)\\b)[\\p{L}\\d ]{2,60})");
    private static final Pattern NOT_AN_ITEM = Pattern.compile(
            ".*\\b(?:timers?|alarms?|notes?|appointments?|reminders?|minutes?|seconds?|hours?|last|plus|\\d+)\\b.*");
    private static final Pattern KEPT = Pattern.compile(
            "(?:and |but |so )?(?:will|do|can|would) you (?:still )?(?:remember|keep|save|store|know|have)(?: all)? (?:this|that|it|me|them|these|my (?:[\\p{L}]+ )?(?:notes?|lists?|timers?|name))"
                    + "(?: for me| for)? (?:tomorrow|later|next (?:time|week|month|year)|when .{1,40}|after .{1,40}|forever|for ever|for long|permanently|if .{1,40}|the next time.{0,30}|another day|between .{1,30})"
                    + "|(?:for )?how long (?:do|will|can|would) you (?:remember|keep|save|store|know) .{1,40}|(?:do|will|can) you (?:save|store|keep) (?:this|that|it|my (?:[\\p{L}]+ )?(?:notes?|lists?))"
                    + "|(?:is|will) (?:it|this|that|my (?:[\\p{L}]+ )?list) (?:be )?(?:saved|kept|stored|there tomorrow|still there .{1,30})");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        if (KEPT.matcher(heard.text()).matches()) {
            return Optional.of(new Move.Tell(
                    "No. I keep notes, lists and timers only as long as this conversation lasts."));
        }
        var core = heard.core();
        var add = MatchedGroups.match(ADD, core);
        if (add.isPresent()) {
            var raw = RAW_ITEMS.matcher(heard.raw());
            return Optional.of(add(raw.find() ? raw.group("items") : add.get().get("items"),
                    add.get().get("list"), state));
        }
        var remove = MatchedGroups.match(REMOVE, core);
        if (remove.isPresent()) {
            return Optional.of(remove(remove.get().get("item"), remove.get().get("list"), state));
        }
        var clear = MatchedGroups.match(CLEAR, core);
        if (clear.isPresent()) {
            return Optional.of(remove("", clear.get().get("list"), state));
        }
        var create = MatchedGroups.match(CREATE, core);
        if (create.isPresent()) {
            return Optional.of(create(create.get().first("name", "list"), state));
        }
        var has = MatchedGroups.match(HAS, core);
        if (has.isPresent()) {
            return Optional.of(has(has.get().get("item"), has.get().get("list"), state));
        }
        var many = MatchedGroups.match(HOW_MANY, core);
        if (many.isPresent()) {
            return Optional.of(read(many.get().get("list"), state));
        }
        var read = MatchedGroups.match(READ, core);
        if (read.isPresent()) {
            return Optional.of(read(read.get().get("list"), state));
        }
        return state.topic == DialogueState.Topic.LIST ? followUp(heard, state) : Optional.empty();
    }

    /** Takes an utterance that no skill understands as the answer to "What goes on your list?". */
    static Optional<Move> answer(UserUtterance heard, DialogueState state) {
        var items = LEAD_TO_ITEMS.matcher(heard.text()).replaceFirst("");
        if (state.awaited != DialogueState.Expecting.LIST_ITEM || heard.words() > MAX_BARE_WORDS
                || heard.raw().endsWith("?") || !BARE.matcher(items).matches()) {
            return Optional.empty();
        }
        return Optional.of(add(
                LEAD_TO_ITEMS.matcher(heard.raw())
                        .replaceFirst("")
                        .replaceFirst("(?i)(?:,? (?:please|thanks|thank you))?[.!]?$", ""),
                state.list, state));
    }

    private static Optional<Move> followUp(UserUtterance heard, DialogueState state) {
        var remove = MatchedGroups.match(REMOVE_BARE, heard.core())
                .filter(groups -> !NOT_AN_ITEM.matcher(groups.get("item")).matches());
        if (remove.isPresent()) {
            return Optional.of(remove(remove.get().get("item"), state.list, state));
        }
        return MatchedGroups.match(ADD_BARE, heard.text())
                .filter(groups -> heard.text().startsWith("add") || heard.words() <= 4)
                .filter(groups -> !NOT_AN_ITEM.matcher(groups.get("items")).matches())
                .map(groups -> add(groups.get("items").replaceFirst(" (?:to|on) (?:it|that|there)$", ""),
                        state.list, state));
    }

    private static Move create(String list, DialogueState state) {
        state.topic = DialogueState.Topic.LIST;
        state.list = list;
        state.expecting = DialogueState.Expecting.LIST_ITEM;
        return new Move.Need("add_to_list", ABILITY,
                "What goes on your " + (list.isEmpty() ? "shopping" : list) + " list?");
    }

    private static Move has(String item, String list, DialogueState state) {
        return new Move.Ask("read_list", named(list, state), ABILITY, result -> {
            boolean there = items(result, "items").stream().anyMatch(one -> one.equalsIgnoreCase(item));
            return (there ? "Yes, " : "No, ") + item + " is " + (there ? "" : "not ") + "on your "
                    + result.path("list").asString("") + " list.";
        });
    }

    private static Move add(String items, String list, DialogueState state) {
        var split = List.of(items.split(",? and |, ?", 11))
                .stream()
                .map(item -> item.strip().replaceFirst("^(?:some|the) ", ""))
                .filter(item -> !item.isEmpty())
                .toList();
        var arguments = named(list, state).put("items", String.join("; ", split));
        return new Move.Ask("add_to_list", arguments, ABILITY,
                result -> "Okay. " + WrittenForms.sentence(WrittenForms.list(items(result, "added")))
                        + (result.path("added").size() == 1 ? " is" : " are") + " on your "
                        + result.path("list").asString("") + " list.");
    }

    private static Move read(String list, DialogueState state) {
        return new Move.Ask("read_list", named(list, state), ABILITY, result -> {
            var items = items(result, "items");
            var name = result.path("list").asString("");
            return items.isEmpty() ? "Your " + name + " list is empty."
                    : "On your " + name + " list: " + WrittenForms.list(items) + ".";
        });
    }

    private static Move remove(String item, String list, DialogueState state) {
        var arguments = named(list, state);
        if (item.isEmpty()) {
            arguments.put("all", true);
        } else {
            arguments.put("item", item);
        }
        return new Move.Ask("remove_from_list", arguments, ABILITY, result -> {
            var gone = items(result, "removed");
            var name = result.path("list").asString("");
            return item.isEmpty() ? "Okay. Your " + name + " list is empty now."
                    : gone.isEmpty() ? WrittenForms.sentence(item) + " is not on your " + name + " list."
                            : "Okay. I removed " + WrittenForms.list(gone) + ".";
        });
    }

    private static tools.jackson.databind.node.ObjectNode named(String list, DialogueState state) {
        state.topic = DialogueState.Topic.LIST;
        state.list = list.isEmpty() ? state.list : list;
        return state.list.isEmpty() ? Move.arguments() : Move.arguments().put("list", state.list);
    }

    private static List<String> items(JsonNode result, String name) {
        var items = new ArrayList<String>();
        result.path(name).values().stream().limit(20).forEach(item -> items.add(item.asString("")));
        return items;
    }
}
