package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.ProbeClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens a few sessions one after another, to tell a limit on requests from requests that fail in any case; more slowly if that was still too fast. */
public final class SequentialProbe implements Probe {
    private static final int SESSIONS = 3;
    private static final Duration PAUSE = Duration.ofMillis(1_200);
    /** In this time even a limit of two requests a second lets a whole session pass. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(4);

    @Override
    public String title() {
        return "Sessions one at a time";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        var seen = new ArrayList<Evidence>();
        var brisk = AffinityProbe.oneAtATime(client, SESSIONS, PAUSE);
        brisk.ifPresent(seen::add);
        if (brisk.filter(series -> series.failed() > 0).isPresent()) {
            AffinityProbe.oneAtATime(client, SESSIONS, LONG_PAUSE).ifPresent(seen::add);
        }
        return seen;
    }
}
