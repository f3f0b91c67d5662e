package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Outcome;

/** Thrown when a session has ended; holds the outcome of the request or frame that ended it. */
public final class SessionEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    public SessionEndedException(Outcome outcome) {
        super("the session ended");
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Returns the cause in a few words. */
    public String description() {
        return switch (outcome) {
            case Outcome.Responded answered -> "HTTP " + answered.received().status();
            case Outcome.Failed failed -> failed.why().description();
        };
    }
}
