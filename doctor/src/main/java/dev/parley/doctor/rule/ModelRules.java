package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence.Ready;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ParleyReadiness;
import java.util.ArrayList;
import java.util.List;

/** Concludes whether a Parley server can hold conversations. Other servers get no finding. */
final class ModelRules {

    private ModelRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        return log.first(Ready.class).map(ModelRules::evaluate).orElse(List.of());
    }

    private static List<Finding> evaluate(Ready seen) {
        var ready = seen.readiness();
        var evidence = new ArrayList<String>();
        evidence.add(seen.path() + ": HTTP " + seen.status() + ", model " + ready.model().code()
                + (ready.draining() ? ", draining" : "") + ", "
                + Quantities.count(ready.conversations(), "conversation") + ", "
                + Quantities.count(ready.connections(), "connection"));
        if (!ready.message().isEmpty()) {
            evidence.add("message: " + ready.message());
        }
        var findings = new ArrayList<Finding>();
        findings.add(model(ready, evidence.toArray(String[]::new)));
        if (ready.draining()) {
            findings.add(Finding.impaired(Cause.DRAINING, "The server is draining",
                    "The server is stopping: it completes current replies, disconnects its clients and accepts no new conversation.",
                    evidence.toArray(String[]::new))
                    .fix("If it is being replaced, wait for its successor. Otherwise find out who sent SIGTERM or drained it in /admin, and start it again."));
        }
        return findings;
    }

    private static Finding model(ParleyReadiness ready, String... evidence) {
        return switch (ready.model()) {
            case READY -> Finding.ok(Cause.MODEL_READY, "The model is ready", evidence);
            case LOADING -> Finding
                    .impaired(Cause.MODEL_LOADING, "The model is still loading",
                            "Clients connect, but must wait before they can talk.", evidence)
                    .fix("Wait some seconds and run the doctor again. If nothing changes, read the server's log. Configure the load balancer to check /health/ready, not /health, so that it routes no client here too early.");
            case FAILED -> Finding
                    .broken(Cause.MODEL_FAILED, "The model could not be started",
                            "Clients connect, but cannot talk.", evidence)
                    .fix("Read the server's log. For Nova Sonic: credentials, region and access to the model (docs/bedrock.md). "
                            + "For the embedded one: the speech models (./parley fetches them) and memory. Then start the server again.");
        };
    }
}
