package dev.parley.assistant.dialogue;

import java.util.regex.Pattern;

/** The state of a dialogue between turns: a fixed number of short texts. */
final class DialogueState {

    /** The question that the assistant asked last, so that a bare answer is understood. */
    enum Expecting {
        NOTHING,
        TIMER_LENGTH,
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
        WEATHER
    }

    int turn;
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
    /** Place and day of the last request for the weather; the day counts from today. */
    String weatherPlace = "";
    int weatherDay;
    final Appointment appointment = new Appointment();
    String userName = "";
    String lastSaid = "";

    /** The known details of the appointment under discussion; "" is unknown. Day and time are phrases as they were said. */
    static final class Appointment {

        /** The user's request. */
        enum Purpose {
            BOOK,
            LIST,
            FIND,
            CANCEL
        }

        private static final String WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
        private static final String MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
        private static final String ORDINAL = "(?:\\d{1,2}(?:st|nd|rd|th)?|(?:twenty |20 )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
                + "|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|(?:thirty|30) first)";
        private static final Pattern DAY = Pattern
                .compile("\\b(?:today|yesterday|(?:the )?day after tomorrow|tomorrow|" + WEEKDAY + "|"
                        + ORDINAL + " (?:of )?" + MONTH + "|" + MONTH + " (?:the )?" + ORDINAL + ")\\b");
        private static final Pattern TIME = Pattern
                .compile("\\b(?:half past \\d{1,2}|(?:a )?quarter (?:past|to) \\d{1,2}|noon|midday|midnight"
                        + "|\\d{1,2}[: ][0-5]\\d|\\d{1,2}(?= ?oclock| ?[ap]m| in the)|(?<=at |about |around )\\d{3,4}|(?<=at |about |around )\\d{1,2})(?: ?oclock)?(?: ?[ap]m\\b| in the (?:morning|afternoon|evening))?");
        private static final Pattern BARE_TIME = Pattern.compile(
                "(?:\\d{1,2}|\\d{3,4})(?: (?:is|would be|sounds|suits me)(?: (?:fine|good|great|perfect))?)?");

        Purpose purpose = Purpose.BOOK;
        String day = "";
        String time = "";
        String name = "";

        void clear() {
            purpose = Purpose.BOOK;
            day = "";
            time = "";
            name = "";
        }

        boolean lacksOnlyName() {
            return name.isEmpty() && (purpose == Purpose.FIND || purpose == Purpose.CANCEL
                    || (!day.isEmpty() && !time.isEmpty()));
        }

        /** Takes day and time from an utterance. Returns whether it held any. */
        boolean take(UserUtterance heard) {
            var foundDay = DAY.matcher(heard.text());
            boolean found = foundDay.find();
            var rest = heard.text();
            if (found) {
                day = foundDay.group();
                rest = rest.substring(0, foundDay.start()) + "/" + rest.substring(foundDay.end());
            }
            var foundTime = TIME.matcher(rest);
            if (foundTime.find()) {
                time = foundTime.group();
            } else if (BARE_TIME.matcher(heard.core()).matches()) {
                time = heard.core().replaceFirst(" .*", "");
            } else {
                return found;
            }
            return true;
        }
    }

    /** Returns one of several wordings, the next one each turn. */
    String vary(String... wordings) {
        return wordings[Math.floorMod(turn, wordings.length)];
    }
}
