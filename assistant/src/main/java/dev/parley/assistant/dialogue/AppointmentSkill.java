package dev.parley.assistant.dialogue;

import dev.parley.assistant.appointment.DateTimeParser;
import dev.parley.assistant.dialogue.DialogueState.AppointmentDraft.Purpose;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Handles appointments: "I'd like an appointment on Tuesday at ten", "what is free on Friday?", "cancel my appointment". Asks for missing
 * details one at a time. Phrases such as "Tuesday" are passed to the tool, which knows the date.
 */
final class AppointmentSkill implements Skill {
    private static final String ABILITY = "make appointments";
    private static final String THING = "(?:appointments?|appointed|bookings?|check ?ups?|cleanings?|visits?|slots?)";
    private static final Pattern WANTS = Pattern.compile(
            ".*\\b(?:book|make|need|want|would like|like|schedule|have|get|arrange|set up|come in for)\\b.*\\b"
                    + THING + "\\b.*|(?:an? )?" + THING
                    + "(?: please)?(?: (?:on|for|at|tomorrow|today|next)\\b.*)?|.*\\b(?:see|come to) the (?:dentist|doctor)\\b.*"
                    + "|.*\\bbook me in\\b.*|.*\\bi (?:have a |have )?(?:toothache|tooth ache)\\b.*");
    private static final Pattern FREE = Pattern.compile(
            ".*\\b(?:what|which|when|is|are|do|anything|have|any|show|list)\\b.*\\b(?:free|available|openings?|open slots?|slots?|availability)\\b.*"
                    + "|when can i come.*|.*\\b(?:free|available|open) (?:slots?|times?|appointments?)\\b.*");
    private static final Pattern CANCEL = Pattern.compile(
            ".*\\b(?:cancel|call off|delete|drop|remove)\\b.*\\b(?:appointments?|bookings?|visit|check ?up)\\b.*");
    private static final Pattern MOVE = Pattern.compile(
            ".*\\b(?:move|change|shift|postpone|push|bring|switch)\\b.*\\b(?:appointments?|appointed|bookings?|visit|check ?up|cleaning)\\b.*|.*\\breschedul(?:e|ing)\\b.*");
    private static final Pattern HOURS = Pattern.compile(
            "(?:.* )?(?:what|when|how (?:long|late)|until when|which days)\\b.*\\b(?:you|the (?:practice|office|dentist|clinic))\\b.*\\b(?:open|close|closed)\\b.*"
                    + "|(?:are|is) (?:you|the (?:practice|office|dentist|clinic)) (?:still |also |already )?(?:open|closed)\\b.*|do you (?:open|close)\\b.*|(?:.* )?your (?:opening |office |business )?(?:hours|opening times)(?: .{0,30})?|(?:what are the )?(?:opening|office|business) (?:hours|times)");
    private static final Pattern FIND = Pattern.compile(
            ".*\\b(?:when is|what time is|when are|do i have|what|which|check|find|look up)\\b.*\\b(?:my|do i have|have i|i have)\\b.*\\b(?:appointments?|bookings?|visit)\\b.*"
                    + "|do i have an (?:appointment|booking).*|(?:what|which) appointments (?:do i have|have i).*");
    private static final Pattern GIVE_UP = Pattern.compile(
            "(?:no|never ?mind|nevermind|forget it|stop|cancel|cancel that|nothing|no thanks|no thank you|not now)");
    private static final Pattern LEAD_TO_NAME = Pattern.compile(
            "(?i)^(?:(?:yes|yeah|sure|okay|ok|well|um|uh|of course|please)[,.]? )*(?:(?:my|the|her|his) name is|my name's|the name's|it is|it's|its|this is|that is|that's|i am|i'm|under(?: the name(?: of)?)?|for|on the name of|name is) ");
    private static final Pattern NAME_INSIDE = Pattern.compile(
            "(?i)(?:\\bmy name is|\\bunder the name(?: of)?|\\bthe name is|\\bthis is|\\bname of|(?<=appointment) of|\\bfor) (?<name>(?!the\\b|a\\b|an\\b|my\\b|me\\b|today|tomorrow|next)\\p{Lu}[\\p{L}'\u2019-]+(?: \\p{Lu}[\\p{L}'\u2019-]+){0,2})");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var draft = state.appointment;
        boolean awaited = state.awaited == DialogueState.Expecting.APPOINTMENT;
        if (awaited && GIVE_UP.matcher(heard.core().isEmpty() ? heard.text() : heard.core()).matches()) {
            draft.clear();
            return Optional.of(new Move.Tell("Okay. What else can I do for you?"));
        }
        if (HOURS.matcher(heard.text()).matches()
                && (heard.text().matches(".*\\b(?:hours|opening times)\\b.*")
                        || !FREE.matcher(heard.text()).matches())) {
            return Optional.of(OpeningHoursReply.ask(DateTimeParser.find(heard.text(), "").day()));
        }
        var purpose = purpose(heard);
        if (purpose.isPresent()) {
            draft.clear();
            draft.purpose = purpose.get();
            var target = heard.text().lastIndexOf(" to ");
            if (draft.purpose != Purpose.MOVE || target < 0
                    || !draft.take(heard.text().substring(target + 4))) {
                draft.take(heard.text(), heard.core());
            }
            takeName(heard, draft);
            return Optional.of(next(state));
        }
        if (!awaited) {
            return Optional.empty();
        }
        boolean more = draft.take(heard.text(), heard.core());
        if (!more && draft.lacksOnlyName()) {
            more = takeWholeName(heard, draft);
        }
        return more ? Optional.of(next(state)) : Optional.empty();
    }

    private static Optional<Purpose> purpose(UserUtterance heard) {
        var text = heard.text();
        return MOVE.matcher(text).matches() ? Optional.of(Purpose.MOVE)
                : CANCEL.matcher(text).matches() ? Optional.of(Purpose.CANCEL)
                        : FIND.matcher(text).matches() ? Optional.of(Purpose.FIND)
                                : FREE.matcher(text).matches() ? Optional.of(Purpose.LIST)
                                        : WANTS.matcher(text).matches() ? Optional.of(Purpose.BOOK)
                                                : Optional.empty();
    }

    private static Move next(DialogueState state) {
        var draft = state.appointment;
        state.expecting = DialogueState.Expecting.APPOINTMENT;
        draft.name = draft.name.isEmpty() ? state.caller : draft.name;
        state.caller = draft.name;
        return switch (draft.purpose) {
            case LIST -> free(state);
            case BOOK -> draft.day.isEmpty() ? need("On which day?")
                    : draft.time.isEmpty() ? free(state)
                            : draft.name.isEmpty() ? need("Under which name?") : book(state);
            case FIND -> draft.name.isEmpty() ? need("What is your name?") : find(draft);
            case MOVE -> draft.name.isEmpty() ? need("Under which name is it?")
                    : draft.day.isEmpty() ? need("To which day?")
                            : draft.time.isEmpty() ? free(state) : move(state);
            case CANCEL -> draft.name.isEmpty() ? need("Under which name is it?") : cancel(draft);
        };
    }

    private static Move need(String question) {
        return new Move.Need("book_appointment", ABILITY, question);
    }

    private static Move free(DialogueState state) {
        var draft = state.appointment;
        var arguments = Move.arguments();
        if (!draft.day.isEmpty()) {
            arguments.put("day", draft.day);
        }
        draft.purpose = draft.purpose == Purpose.LIST ? Purpose.BOOK : draft.purpose;
        return new Move.Ask("list_free_slots", arguments, ABILITY, result -> {
            var free = new ArrayList<String>();
            result.path("free")
                    .values()
                    .forEach(time -> free.add(WrittenForms.time(LocalTime.parse(time.asString("")))));
            if (free.isEmpty()) {
                draft.day = "";
                var next = result.path("next_free_day").asString("");
                return "Nothing is free on " + day(result) + "."
                        + (next.isEmpty() ? ""
                                : " The next free day is " + result.path("next_free_weekday").asString("")
                                        + ", " + WrittenForms.date(LocalDate.parse(next))
                                        + ". Which day suits you?");
            }
            draft.day = result.path("day").asString("");
            return "On " + day(result) + ", I have " + some(free) + ". What time suits you?";
        });
    }

    /** Lists a few of the free times, spread over the day. */
    private static String some(List<String> free) {
        if (free.size() <= 4) {
            return WrittenForms.list(free);
        }
        int half = free.size() / 2;
        return WrittenForms.list(List.of(free.get(0), free.get(1), free.get(half), free.getLast()))
                + ", among others";
    }

    private static Move book(DialogueState state) {
        var draft = state.appointment;
        var arguments = Move.arguments()
                .put("day", draft.day)
                .put("time", draft.time)
                .put("name", draft.name);
        // If the slot is taken, only another time is needed.
        draft.time = "";
        return new Move.Ask("book_appointment", arguments, ABILITY, result -> {
            draft.clear();
            state.expecting = DialogueState.Expecting.NOTHING;
            return "Booked: " + when(result) + ", for " + result.path("name").asString("you")
                    + ". See you then.";
        });
    }

    private static Move move(DialogueState state) {
        var draft = state.appointment;
        var arguments = Move.arguments()
                .put("name", draft.name)
                .put("new_day", draft.day)
                .put("new_time", draft.time);
        // If the slot is taken, only another time is needed.
        draft.time = "";
        return new Move.Ask("reschedule_appointment", arguments, "move appointments", result -> {
            draft.clear();
            state.expecting = DialogueState.Expecting.NOTHING;
            return "Okay. Your appointment is now on " + when(result) + ".";
        });
    }

    private static Move find(DialogueState.AppointmentDraft draft) {
        return new Move.Ask("find_appointment", Move.arguments().put("name", draft.name), ABILITY, result -> {
            var all = new ArrayList<String>();
            result.path("appointments").values().stream().limit(3).forEach(one -> all.add(when(one)));
            return all.isEmpty()
                    ? "I find no appointment for " + result.path("name").asString("that name") + "."
                    : "You have " + (all.size() == 1 ? "an appointment" : "appointments") + " on "
                            + WrittenForms.list(all) + ".";
        });
    }

    private static Move cancel(DialogueState.AppointmentDraft draft) {
        var arguments = Move.arguments().put("name", draft.name);
        if (!draft.day.isEmpty()) {
            arguments.put("day", draft.day);
        }
        if (!draft.time.isEmpty()) {
            arguments.put("time", draft.time);
        }
        return new Move.Ask("cancel_appointment", arguments, ABILITY,
                result -> "Okay. The appointment on " + when(result) + " is cancelled.");
    }

    private static void takeName(UserUtterance heard, DialogueState.AppointmentDraft draft) {
        var found = NAME_INSIDE.matcher(heard.raw());
        while (found.find()) {
            if (!found.group("name")
                    .matches(
                            "(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b.*|january.*|february.*|march.*|april.*|may|june.*|july.*|august.*|september.*|october.*|november.*|december.*")) {
                draft.name = found.group("name");
            }
        }
    }

    private static boolean takeWholeName(UserUtterance heard, DialogueState.AppointmentDraft draft) {
        var name = LEAD_TO_NAME.matcher(heard.raw())
                .replaceFirst("")
                .replaceFirst("(?i),? (?:please|thanks|thank you)[.!]?$", "")
                .replaceAll("[^\\p{L}'\u2019 -]+", " ")
                .replaceAll(" +", " ")
                .strip();
        if (name.isEmpty() || heard.raw().contains("?") || name.split(" ", -1).length > 4) {
            return false;
        }
        draft.name = WrittenForms.title(name);
        return true;
    }

    private static String when(JsonNode result) {
        return day(result) + ", at " + WrittenForms.time(LocalTime.parse(result.path("time").asString("")));
    }

    private static String day(JsonNode result) {
        var date = LocalDate.parse(result.path("day").asString(""));
        return result.path("weekday").asString("") + ", " + WrittenForms.dayOfMonth(date);
    }
}
