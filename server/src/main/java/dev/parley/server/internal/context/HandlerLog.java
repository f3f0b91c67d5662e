package dev.parley.server.internal.context;

import dev.parley.server.ArgumentTypeException;
import dev.parley.server.NoReplyException;
import dev.parley.server.NotSentException;
import dev.parley.server.internal.json.LogText;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of handlers. Those of the application are errors with their stack traces. Those that a client causes are not, and a
 * client cannot fill the log with them: a warning for an argument of the wrong type and a debug line when the client does not read or has
 * left, each once a minute for each kind. Thread-safe.
 */
final class HandlerLog {
    // Applications configure it by this name: it stays when the class moves.
    private static final Logger LOG = LoggerFactory.getLogger("dev.parley.server.HandlerLog");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final OncePerMinute faults;
    private final OncePerMinute blocked;

    /** @param nanoTime as {@link System#nanoTime} */
    HandlerLog(LongSupplier nanoTime) {
        this.faults = new OncePerMinute(nanoTime);
        this.blocked = new OncePerMinute(nanoTime);
    }

    /** Logs the exception of a handler. */
    void failed(String socket, String event, Throwable failure) {
        switch (failure) {
            case ArgumentTypeException wrong -> {
                String name = LogText.of(event);
                faults.log("argument of " + name + ": " + kind(wrong),
                        omitted -> LOG.warn(
                                "The handler of {} cannot use what the client sent: {}; socket {}{}", name,
                                wrong.getMessage(), socket, counted(omitted)));
            }
            case NotSentException unsent -> fault("does not read", socket, event);
            case NoReplyException none when none.reason() == NoReplyException.Reason.LEFT ->
                fault("has left", socket, event);
            default -> LOG.error("A handler failed; socket {}", socket, failure);
        }
    }

    /** Returns the message without indexes, of which a client can send any number. */
    static String kind(ArgumentTypeException wrong) {
        return INDEX.matcher(String.valueOf(wrong.getMessage())).replaceAll("[]");
    }

    private void fault(String what, String socket, String event) {
        if (LOG.isDebugEnabled()) {
            String name = LogText.of(event);
            faults.log(what + " in " + name,
                    omitted -> LOG.debug("The handler of {} ended early because a client {}; socket {}{}",
                            name, what, socket, counted(omitted)));
        }
    }

    /** Logs an inline handler that took so long that the other connections of its event loop had to wait. */
    void blocked(String socket, String event, Duration took) {
        String name = LogText.of(event);
        blocked.log(name, omitted -> LOG.warn(
                "The inline handler of {} blocked its event loop for {} ms, and all connections of that loop"
                        + " with it: register it with on, not with onInline; socket {}{}",
                name, took.toMillis(), socket, counted(omitted)));
    }

    private static String counted(int omitted) {
        return omitted == 0 ? "" : " (and " + omitted + " more since this was last logged)";
    }
}
