package dev.parley.spring;

import dev.parley.server.ListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints why Socket.IO cannot listen, and the property to change, in place of a stack trace. Called by Spring Boot. */
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<ListenException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, ListenException cause) {
        return new FailureAnalysis("Socket.IO cannot listen: " + firstSentence(cause),
                switch (cause.reason()) {
                    case PORT_IN_USE ->
                        "Set parley.port to another port, or to 0 for any free one, or stop the program that uses it.";
                    case PERMISSION_DENIED -> "Set parley.port to a port above 1023.";
                    case UNKNOWN_ADDRESS -> "Set parley.host to an address of this machine.";
                    case OTHER -> "Check parley.port and parley.host.";
                }, cause);
    }

    /** Omits the advice that follows known reasons: it does not name properties. */
    private static String firstSentence(ListenException cause) {
        String message = String.valueOf(cause.getMessage());
        return cause.reason() == ListenException.Reason.OTHER ? message
                : message.replaceFirst("(?s)\\. .*", ".");
    }
}
