package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Readiness;
import dev.parley.doctor.wire.Request;
import java.time.Duration;
import java.util.List;

/** Asks a server of Parley whether its model is there. What others answer at that address is no evidence of anything. */
public final class ReadyProbe implements Probe {
    static final String PATH = "/health/ready";
    private static final Duration MOST = Duration.ofSeconds(1);

    @Override
    public String title() {
        return "Readiness at " + PATH;
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        var outcome = caller.call(Request.get(PATH), Caller.shorter(MOST, caller.answer()));
        return outcome.answer()
                .flatMap(answer -> Readiness.read(answer.text())
                        .map(ready -> (Evidence) new Evidence.Ready(PATH, answer.status(), ready)))
                .map(List::of)
                .orElse(List.of());
    }
}
