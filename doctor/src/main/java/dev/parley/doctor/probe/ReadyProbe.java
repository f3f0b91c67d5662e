package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.ParleyReadiness;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import java.time.Duration;
import java.util.List;

/** Reads the readiness of a Parley server. Responses of other servers are ignored. */
public final class ReadyProbe implements Probe {
    static final String PATH = "/health/ready";
    private static final Duration MOST = Duration.ofSeconds(1);

    @Override
    public String title() {
        return "Readiness at " + PATH;
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        var outcome = client.send(Request.get(PATH), ProbeClient.shorterOf(MOST, client.responseTimeout()));
        return outcome.response()
                .flatMap(response -> ParleyReadiness.read(response.text())
                        .map(ready -> (Evidence) new Evidence.Ready(PATH, response.status(), ready)))
                .map(List::of)
                .orElse(List.of());
    }
}
