package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.wire.Request;
import java.util.List;

/** Asks the address that load balancers ask. */
public record HealthProbe(String path) implements Probe {

    @Override
    public String title() {
        return "Health check at " + path;
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        return List.of(new Evidence.HealthCheck(path, caller.call(Request.get(path), caller.answer())));
    }
}
