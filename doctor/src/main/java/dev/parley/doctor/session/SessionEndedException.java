package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import java.time.Duration;

/** Thrown when a session has ended; holds the outcome of the request or frame that ended it. */
public final class SessionEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    public SessionEndedException(Outcome outcome) {
        super("the session ended");
        this.outcome = outcome;
    }

    /** Returns the exception for a response that did not come in time. */
    public static SessionEndedException timedOut() {
        return new SessionEndedException(
                new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, ""), Duration.ZERO));
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
