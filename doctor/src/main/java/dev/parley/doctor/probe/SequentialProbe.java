package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.ProbeClient;
import java.time.Duration;
import java.util.List;

/** Opens a few sessions one after another, to tell a limit on bursts from requests that fail in any case. */
public final class SequentialProbe implements Probe {
    private static final int SESSIONS = 3;
    private static final Duration PAUSE = Duration.ofMillis(1_200);

    @Override
    public String title() {
        return "Sessions one at a time";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        return AffinityProbe.oneAtATime(client, SESSIONS, PAUSE)
                .map(series -> List.<Evidence>of(series))
                .orElse(List.of());
    }
}
