package dev.parley.assistant.dialogue;

import dev.parley.assistant.appointment.DateTimeParser;
import java.util.List;

/** The state of a dialogue between turns: a fixed number of short texts. */
final class DialogueState {

    /** The question that the assistant asked last, so that a bare answer is understood. */
    enum Expecting {
        NOTHING,
        TIMER_LENGTH,
        ALARM_TIME,
        LIST_ITEM,
        NOTE,
        PLACE,
        APPOINTMENT
    }

    /** The topic of the last request, so that "and in London?" is understood. */
    enum Topic {
        NONE,
        TIME,
        DATE,
        UNITS,
        NOTE,
        LIST,
        TIMER,
        ALARM,
        WEATHER,
        APPOINTMENT
    }

    private static final List<String> FALLBACKS = List.of("Sorry, I cannot help with that.",
            "I did not understand that.", "That is beyond me, I am afraid.", "I do not know about that.",
            "Could you say that another way?");
    private static final List<String> UNHEARD = List.of("Sorry, I did not catch that.",
            "Could you say that again?", "I could not hear that well.");

    int fallbacks;
    int unheards;
    int turn;
    /** Whether the last utterance was understood. */
    boolean understood = true;
    /** The question that this turn asks. */
    Expecting expecting = Expecting.NOTHING;
    /** The question that the turn before asked. */
    Expecting awaited = Expecting.NOTHING;
    Topic topic = Topic.NONE;
    /** The label of the timer whose length is awaited. */
    String label = "";
    /** The number the assistant computed last, as digits, or empty. */
    String result = "";
    /** The quantity converted last, as digits and a unit. */
    String amount = "";
    String unit = "";
    String target = "";
    /** The id and the length of the timer set last. */
    String timer = "";
    long timerSeconds;
    /** The id of the alarm set last, whether its time is pm, and its label. */
    String alarm = "";
    boolean alarmPm;
    String alarmLabel = "";
    /** The last request for a coin, a die or a random number, and its turn. */
    String chance = "";
    int chanceTurn;
    /** The name of the list used last; "" is the shopping list. */
    String list = "";
    /** Place and day of the last request for the weather; the day counts from today. */
    String weatherPlace = "";
    int weatherDay;
    AppointmentDraft appointment = new AppointmentDraft();
    String userName = "";
    /** The user's name for appointments; "" until it is known. */
    String caller = "";
    /** The day of the appointment that was made, moved or found last, as yyyy-mm-dd, and its name; "" if there is not exactly one. */
    String booked = "";
    String bookedName = "";
    String lastSaid = "";
    /** Whether this turn's reply is about the conversation itself, so that "repeat that" repeats the one before it. */
    boolean aside;
    /** Speed of speech in percent of the normal one. */
    int speed = SpeedSkill.NORMAL;

    /** Returns a copy that changes independently of this state. */
    DialogueState copy() {
        var copy = new DialogueState();
        copy.fallbacks = fallbacks;
        copy.unheards = unheards;
        copy.turn = turn;
        copy.understood = understood;
        copy.expecting = expecting;
        copy.awaited = awaited;
        copy.topic = topic;
        copy.label = label;
        copy.result = result;
        copy.amount = amount;
        copy.unit = unit;
        copy.target = target;
        copy.timer = timer;
        copy.timerSeconds = timerSeconds;
        copy.alarm = alarm;
        copy.alarmPm = alarmPm;
        copy.alarmLabel = alarmLabel;
        copy.chance = chance;
        copy.chanceTurn = chanceTurn;
        copy.list = list;
        copy.weatherPlace = weatherPlace;
        copy.weatherDay = weatherDay;
        copy.appointment = appointment.copy();
        copy.userName = userName;
        copy.caller = caller;
        copy.booked = booked;
        copy.bookedName = bookedName;
        copy.lastSaid = lastSaid;
        copy.aside = aside;
        copy.speed = speed;
        return copy;
    }

    /** The known details of the appointment under discussion; "" is unknown. Day and time are phrases as they were said. */
    static final class AppointmentDraft {

        /** The user's request. */
        enum Purpose {
            BOOK,
            LIST,
            FIND,
            CANCEL,
            MOVE
        }

        Purpose purpose = Purpose.BOOK;
        String day = "";
        String time = "";
        String name = "";

        AppointmentDraft copy() {
            var copy = new AppointmentDraft();
            copy.purpose = purpose;
            copy.day = day;
            copy.time = time;
            copy.name = name;
            return copy;
        }

        void clear() {
            purpose = Purpose.BOOK;
            day = "";
            time = "";
            name = "";
        }

        boolean lacksOnlyName() {
            return name.isEmpty() && (purpose == Purpose.FIND || purpose == Purpose.CANCEL
                    || purpose == Purpose.MOVE || (!day.isEmpty() && !time.isEmpty()));
        }

        /** Takes day and time from a text. Returns whether it contained any. */
        boolean take(String text) {
            return take(text, "");
        }

        /** Takes day and time from an utterance, of which {@code core} may be a bare time. Returns whether it contained any. */
        boolean take(String text, String core) {
            var found = DateTimeParser.find(text, core);
            day = found.day().isEmpty() ? day : found.day();
            time = found.time().isEmpty() ? time : found.time();
            return !found.isEmpty();
        }
    }

    /** Records that the utterance was not understood, and returns the reply to it; never the same one twice in a row. */
    String fallback() {
        understood = false;
        return FALLBACKS.get(fallbacks++ % FALLBACKS.size());
    }

    /** Returns the reply to sound without words; never the same one twice in a row. */
    String unheard() {
        return UNHEARD.get(unheards++ % UNHEARD.size());
    }

    /** Returns one of several wordings, the next one each turn. */
    String vary(String... wordings) {
        return wordings[Math.floorMod(turn, wordings.length)];
    }
}
