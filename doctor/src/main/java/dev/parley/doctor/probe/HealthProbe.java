package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import java.util.List;

/** Requests the health check that load balancers use. */
public record HealthProbe(String path) implements Probe {

    @Override
    public String title() {
        return "Health check at " + path;
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        return List
                .of(new Evidence.HealthCheck(path, client.send(Request.get(path), client.responseTimeout())));
    }
}
