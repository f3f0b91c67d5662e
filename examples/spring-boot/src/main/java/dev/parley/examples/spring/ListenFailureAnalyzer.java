package dev.parley.examples.spring;

import dev.parley.server.ListenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot print why Socket.IO cannot listen, rather than a stack trace. Called by Spring Boot. */
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<ListenException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, ListenException cause) {
        return new FailureAnalysis("Socket.IO cannot listen. " + cause.getMessage(),
                "Set socketio.port and socketio.host.", cause);
    }
}
