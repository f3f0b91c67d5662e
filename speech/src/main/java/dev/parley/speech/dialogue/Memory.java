package dev.parley.speech.dialogue;

/** All that a dialogue keeps between turns: a fixed handful of short texts. */
final class Memory {

    /** What the assistant asked for last, so that a bare answer is understood. */
    enum Expecting {
        NOTHING,
        TIMER_LENGTH,
        NOTE
    }

    /** What was asked last, so that "and in London?" is understood. */
    enum Topic {
        NONE,
        TIME,
        DATE,
        UNITS,
        NOTE
    }

    int turn;
    /** What this turn's answer leaves open. */
    Expecting expecting = Expecting.NOTHING;
    /** What the turn before left open. */
    Expecting awaited = Expecting.NOTHING;
    Topic topic = Topic.NONE;
    /** The label of the timer whose length is awaited. */
    String label = "";
    /** The number the assistant computed last, as digits, or empty. */
    String result = "";
    /** What was converted last, as digits and a unit. */
    String amount = "";
    String unit = "";
    String userName = "";
    String lastSaid = "";

    /** One of several wordings, the next one each turn. */
    String vary(String... wordings) {
        return wordings[Math.floorMod(turn, wordings.length)];
    }
}
