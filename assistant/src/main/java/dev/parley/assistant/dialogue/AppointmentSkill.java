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
                    + "|.*\\bbook me in\\b.*|.*\\bi (?:have a |have )?(?:toothache|tooth ache)\\b.*"
                    + "|(?:.* )?(?:i (?:would )?(?:like|want|need) to|can i|could i|may i) (?:come|drop|stop) (?:in|by|over|round)"
                    + "(?: (?:on|at|for|to see|today|tomorrow|this|next|some ?time|any ?time|around|about|now|then|with|because|and|after|before|as|in|earlier|later|a bit|again|\\p{L}+day|the (?:practice|office|clinic|dentist|doctor))\\b.*)?"
                    + "|.*\\bmy (?:tooth|teeth|gums?|jaw)\\b.*\\b(?:hurts?|aches?|hurting|aching|sore)\\b.*");
    private static final Pattern FREE = Pattern.compile(
            ".*\\b(?:what|which|when|is|are|do|anything|have|any|show|list)\\b.*\\b(?:free|available|openings?|open slots?|slots?|availability)\\b.*"
                    + "|when can i come.*|(?=.*\\b(?:appointments?|times?|slots?|come|see|get in)\\b).*\\b(?:earliest|soonest|first|next)\\b.*\\b(?:you have|have you got|can i (?:come|get in|see)|possible)\\b.*"
                    + "|.*\\b(?:earliest|soonest) (?:you have|have you got|possible)\\b.*|.*\\b(?:free|available|open) (?:slots?|times?|appointments?)\\b.*");
    private static final Pattern CANCEL = Pattern.compile(
            ".*\\b(?:cancel|call off|delete|drop|remove)\\b.*\\b(?:appointments?|bookings?|visit|check ?up)\\b.*");
    private static final Pattern MOVE = Pattern.compile(
            ".*\\b(?:move|change|shift|postpone|push|bring|switch)\\b.*\\b(?:appointments?|appointed|bookings?|visit|check ?up|cleaning)\\b.*|.*\\breschedul(?:e|ing)\\b.*");
    private static final Pattern CANNOT_COME = Pattern.compile(
            ".*\\bi (?:can not|will not be able to|am not able to) (?:(?:make (?:it|that)|come)(?: (?:in |there |then )?(?:(?:on|at|in|to (?:my|the) (?:appointment|booking|visit|practice|office|clinic|dentist|doctor|check ?up|cleaning)|before|after|until|because|anymore|any more|today|tonight|tomorrow|this|next|then|there|that|time|day|date|appointment|slot|sorry|unfortunately|\\p{L}+day|and|so|but)\\b.*)?)?|keep my appointment\\b.*)|.*\\banother day instead\\b.*");
    /** Requests to keep a text, which may speak of anything. */
    private static final Pattern TO_KEEP = Pattern.compile(
            "(?:remind(?! me (?:when|what|which)\\b)|remember|note|write|jot|keep in mind|bear in mind|do not forget|memori[sz]e|(?:make|take|add|save) a (?:\\p{L}+ )?note|(?:set|make|create|add) (?:a |me a )?reminder|(?:in|after) .{1,30} remind me)\\b.*");
    /** Requests about the appointment that was spoken of last. */
    private static final Pattern MOVE_IT = Pattern.compile(
            "(?:move|reschedule|change|shift|postpone|push|bring|switch|put) (?:it|that|this|the time)(?: (?:to|back|forward|for|off|until|till)\\b.*)?|(?:(?:no|sorry|oh) )*make (?:it|that) .*|(?:can|could) (?:it|that) be .*");
    private static final Pattern ANOTHER_TIME = Pattern.compile(
            ".*\\b(?:earlier|later|sooner|another|different|other|day|week|time|morning|afternoon)\\b.*");
    private static final Pattern CANCEL_IT = Pattern
            .compile("(?:cancel|delete|drop|remove|call off) (?:it|that|this)|call (?:it|that) off");
    private static final Pattern HOURS = Pattern.compile(
            "(?:until|till) (?:what time|when) can i (?:come|call|visit).*|how (?:long|late) can i (?:come|call|visit).*|(?:.* )?(?:what|when|how (?:long|late)|until when|which days)\\b.*\\b(?:you|the (?:practice|office|dentist|clinic))\\b.*\\b(?:open|close|closed)\\b.*"
                    + "|(?:are|is) (?:you|the (?:practice|office|dentist|clinic)) (?:still |also |already )?(?:open|closed)\\b.*|do you (?:open|close)\\b.*|(?:.* )?your (?:opening |office |business )?(?:hours|opening times)(?: .{0,30})?|(?:what are the )?(?:opening|office|business) (?:hours|times)");
    private static final Pattern MAKE_IT = Pattern
            .compile("^(?:(?:no|sorry|oh) )*(?:make|change|move|reschedule) (?:it|that)(?: to| for| at)? ");
    /** A part of the day, which "good morning" is not. */
    private static final Pattern PART_OF_DAY = Pattern.compile(
            "(?<not>\\bnot (?:(?:make|it|come|free|available|possible|on|\\p{L}+day|in|the|this|tomorrow) )*)?(?<!good )\\b(?<part>morning|afternoon)\\b");
    private static final Pattern FIND = Pattern.compile(
            ".*\\b(?:when is|what time is|when are|do i have|what|which|check|find|look up)\\b.*\\b(?:my|do i have|have i|i have)\\b.*\\b(?:appointments?|bookings?|visit)\\b.*"
                    + "|do i (?:still )?have (?:an|any) (?:appointments?|bookings?).*|(?:what|which) appointments (?:do i have|have i).*");
    private static final Pattern GIVE_UP = Pattern.compile(
            "(?:no|never ?mind|nevermind|forget it|stop|cancel|cancel that|nothing|no thanks|no thank you|not now)");
    private static final Pattern LEAD_TO_NAME = Pattern.compile(
            "(?i)^(?:(?:yes|yeah|sure|okay|ok|well|um|uh|of course|please)[,.]? )*(?:(?:my|the|her|his) name is|my name's|the name's|(?:it is|it's|its|this is|that is|that's|it will be)(?: for)?|i am|i'm|under(?: the name(?: of)?)?|for|on the name of|name is) ");
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
            var text = heard.text().replaceAll("\\b(mon|tues|wednes|thurs|fri|satur|sun)days\\b", "$1day");
            var question = !text.matches("(?:are|is|do) .*") ? OpeningHoursReply.Question.HOURS
                    : text.matches(".*\\bclosed?\\b.*") ? OpeningHoursReply.Question.CLOSED
                            : OpeningHoursReply.Question.OPEN;
            return Optional.of(OpeningHoursReply.ask(DateTimeParser.find(text, "").day(), question));
        }
        boolean cannotCome = CANNOT_COME.matcher(heard.text()).matches();
        if (awaited && cannotCome) {
            return Optional.of(withdraw(heard, state));
        }
        var aboutIt = state.topic == DialogueState.Topic.APPOINTMENT && !awaited ? aboutIt(heard)
                : Optional.<Purpose>empty();
        var purpose = purpose(heard, cannotCome, state).or(() -> aboutIt);
        if (purpose.isPresent()) {
            draft.clear();
            draft.purpose = purpose.get();
            var target = heard.text().lastIndexOf(" to ");
            // The day on which the user cannot come is not the new one.
            if (!cannotCome && (draft.purpose != Purpose.MOVE || target < 0
                    || !draft.take(heard.text().substring(target + 4)))) {
                draft.take(heard.text(), MAKE_IT.matcher(heard.core()).replaceFirst(""));
            }
            takeName(heard, draft);
            // The time in "move my 11 o'clock appointment" is the present one: only "make it eleven" keeps the day.
            if (aboutIt.isPresent() && draft.purpose == Purpose.MOVE && draft.day.isEmpty()
                    && !draft.time.isEmpty()
                    && (draft.name.isEmpty() ? state.caller : draft.name).equals(state.bookedName)) {
                draft.day = state.booked;
            }
            // "This morning" beside another day tells what happened.
            boolean later = !draft.day.isEmpty() && !draft.day.equals("today");
            return Optional.of(next(part(
                    later ? heard.text().replaceAll("\\bthis (?:morning|afternoon)\\b", "") : heard.text()),
                    state));
        }
        if (!awaited) {
            return Optional.empty();
        }
        var part = part(heard.text());
        boolean half = draft.time.isEmpty() && !draft.day.isEmpty() && !part.isEmpty();
        boolean more = draft.take(heard.text(), heard.core());
        if (!more && half) {
            return Optional.of(next(part, state));
        }
        if (!more && draft.lacksOnlyName()) {
            more = takeWholeName(heard, draft);
        }
        return more ? Optional.of(next("", state)) : Optional.empty();
    }

    /** Takes back the day, the time or the part of the day at which the user cannot come, and asks anew. */
    private static Move withdraw(UserUtterance heard, DialogueState state) {
        var draft = state.appointment;
        if (draft.purpose == Purpose.CANCEL || draft.purpose == Purpose.FIND) {
            return next("", state);
        }
        var found = DateTimeParser.find(heard.text(), "");
        var part = part(heard.text());
        draft.time = "";
        if (!found.day().isEmpty() || (found.time().isEmpty() && part.isEmpty())) {
            draft.day = "";
        }
        return next(part, state);
    }

    /** Returns "morning" or "afternoon" if the user prefers one of them, or else "". */
    private static String part(String text) {
        var part = PART_OF_DAY.matcher(text);
        return !part.find() ? ""
                : part.group("not") == null ? part.group("part")
                        : part.group("part").equals("morning") ? "afternoon" : "morning";
    }

    private static Optional<Purpose> purpose(UserUtterance heard, boolean cannotCome, DialogueState state) {
        var text = heard.text();
        boolean toKeep = state.awaited == DialogueState.Expecting.NOTE
                || state.awaited == DialogueState.Expecting.LIST_ITEM;
        if (TO_KEEP.matcher(heard.core()).matches()
                || (toKeep && !text.matches(".*\\b(?:appointments?|bookings?)\\b.*"))) {
            return Optional.empty();
        }
        if (cannotCome) {
            return Optional.of(text.matches(".*\\bcancel\\b.*") ? Purpose.CANCEL : Purpose.MOVE);
        }
        return MOVE.matcher(text).matches() ? Optional.of(Purpose.MOVE)
                : CANCEL.matcher(text).matches() ? Optional.of(Purpose.CANCEL)
                        : FIND.matcher(text).matches() ? Optional.of(Purpose.FIND)
                                : FREE.matcher(text).matches() ? Optional.of(Purpose.LIST)
                                        : WANTS.matcher(text).matches() ? Optional.of(Purpose.BOOK)
                                                : Optional.empty();
    }

    private static Optional<Purpose> aboutIt(UserUtterance heard) {
        var core = heard.core();
        boolean moves = MOVE_IT.matcher(core).matches() && (core.matches("(?:move|change|reschedule).*")
                || ANOTHER_TIME.matcher(core).matches()
                || !DateTimeParser.find(heard.text(), MAKE_IT.matcher(core).replaceFirst("")).isEmpty());
        return moves ? Optional.of(Purpose.MOVE)
                : CANCEL_IT.matcher(core).matches() ? Optional.of(Purpose.CANCEL) : Optional.empty();
    }

    /** Returns the next step. {@code part} is "morning", "afternoon" or "" and limits the free times that are offered. */
    private static Move next(String part, DialogueState state) {
        var draft = state.appointment;
        state.topic = DialogueState.Topic.APPOINTMENT;
        state.expecting = DialogueState.Expecting.APPOINTMENT;
        draft.name = draft.name.isEmpty() ? state.caller : draft.name;
        state.caller = draft.name;
        return switch (draft.purpose) {
            case LIST -> free(part, state);
            case BOOK -> draft.day.isEmpty() ? need("On which day?")
                    : draft.time.isEmpty() ? free(part, state)
                            : draft.name.isEmpty() ? need("Under which name?") : book(state);
            case FIND -> draft.name.isEmpty() ? need("What is your name?") : find(state);
            case MOVE -> draft.name.isEmpty() ? need("Under which name is it?")
                    : draft.day.isEmpty() ? need("To which day?")
                            : draft.time.isEmpty() ? free(part, state) : move(state);
            case CANCEL -> draft.name.isEmpty() ? need("Under which name is it?") : cancel(state);
        };
    }

    private static Move need(String question) {
        return new Move.Need("book_appointment", ABILITY, question);
    }

    private static Move free(String part, DialogueState state) {
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
                    .stream()
                    .map(time -> LocalTime.parse(time.asString("")))
                    .filter(time -> part.isEmpty() || part.equals("morning") == time.isBefore(LocalTime.NOON))
                    .forEach(time -> free.add(WrittenForms.time(time)));
            if (free.isEmpty() && !result.path("free").isEmpty()) {
                draft.day = result.path("day").asString("");
                return "Nothing is free on " + day(result) + " in the " + part
                        + ". What other time suits you?";
            }
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
        var name = draft.name;
        return new Move.Ask("book_appointment", arguments, ABILITY, result -> {
            draft.clear();
            state.booked = result.path("day").asString("");
            state.bookedName = name;
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
        var name = draft.name;
        return new Move.Ask("reschedule_appointment", arguments, "move appointments", result -> {
            draft.clear();
            state.booked = result.path("day").asString("");
            state.bookedName = name;
            state.expecting = DialogueState.Expecting.NOTHING;
            return "Okay. Your appointment is now on " + when(result) + ".";
        });
    }

    private static Move find(DialogueState state) {
        var name = state.appointment.name;
        var arguments = Move.arguments().put("name", name);
        return new Move.Ask("find_appointment", arguments, ABILITY, result -> {
            state.expecting = DialogueState.Expecting.NOTHING;
            var found = result.path("appointments");
            state.booked = found.size() == 1 ? found.path(0).path("day").asString("") : "";
            state.bookedName = name;
            var all = new ArrayList<String>();
            found.values().stream().limit(3).forEach(one -> all.add(when(one)));
            return all.isEmpty()
                    ? "I find no appointment for " + result.path("name").asString("that name") + "."
                    : "You have " + (all.size() == 1 ? "an appointment" : "appointments") + " on "
                            + WrittenForms.list(all) + ".";
        });
    }

    private static Move cancel(DialogueState state) {
        var draft = state.appointment;
        var arguments = Move.arguments().put("name", draft.name);
        if (!draft.day.isEmpty()) {
            arguments.put("day", draft.day);
        }
        if (!draft.time.isEmpty()) {
            arguments.put("time", draft.time);
        }
        return new Move.Ask("cancel_appointment", arguments, ABILITY, result -> {
            state.expecting = DialogueState.Expecting.NOTHING;
            state.booked = "";
            return "Okay. The appointment on " + when(result) + " is cancelled.";
        });
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
