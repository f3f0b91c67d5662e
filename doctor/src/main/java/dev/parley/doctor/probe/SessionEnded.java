package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Outcome;

/** A session that is over, and what ended it. */
final class SessionEnded extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    SessionEnded(Outcome outcome) {
        super("the session ended");
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    /** In a few words. */
    String words() {
        return switch (outcome) {
            case Outcome.Answered answered -> "HTTP " + answered.got().status();
            case Outcome.Failed failed -> failed.why().words();
        };
    }
}
