package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.ProbeClient;
import java.util.List;

/** Measures one property of a server. Blocking; may be interrupted. */
public interface Probe {

    /** Returns the title, shown as progress and in the timeline. */
    String title();

    List<Evidence> examine(ProbeClient client) throws InterruptedException;
}
