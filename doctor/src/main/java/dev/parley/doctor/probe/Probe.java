package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import java.util.List;

/** One question to a server. Blocking; may be interrupted. */
public interface Probe {

    /** What the person who waits is told. */
    String title();

    List<Evidence> examine(Caller caller) throws InterruptedException;
}
