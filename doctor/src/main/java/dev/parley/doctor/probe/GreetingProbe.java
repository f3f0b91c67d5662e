package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import java.time.Duration;
import java.util.List;

/**
 * Whether a WebSocket is welcomed to the default namespace before it asks, as servers of the 2.x line do. They take every revision for
 * theirs, so that the handshake does not tell.
 */
public final class GreetingProbe implements Probe {
    private static final Duration MOST = Duration.ofMillis(500);

    @Override
    public String title() {
        return "Generation of the server";
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        try (var session = Session.open(caller, true)) {
            boolean greeted = session.await(Caller.shorter(MOST, caller.answer()), "0") != null;
            return greeted ? List.of(new Evidence.Greeted()) : List.of();
        } catch (SessionEnded e) {
            return List.of();
        }
    }
}
