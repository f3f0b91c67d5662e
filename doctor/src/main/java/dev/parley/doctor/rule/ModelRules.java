package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence.Ready;
import dev.parley.doctor.evidence.Readiness;
import java.util.ArrayList;
import java.util.List;

/** Whether a server of Parley can hold conversations. Of other servers nothing is known, and nothing is said. */
final class ModelRules {

    private ModelRules() {}

    static List<Finding> judge(CaseFile file) {
        return file.first(Ready.class).map(ModelRules::judge).orElse(List.of());
    }

    private static List<Finding> judge(Ready seen) {
        var ready = seen.readiness();
        var evidence = new ArrayList<String>();
        evidence.add(seen.path() + ": HTTP " + seen.status() + ", model " + ready.model().word()
                + (ready.draining() ? ", draining" : "") + ", "
                + Numbers.count(ready.conversations(), "conversation") + ", "
                + Numbers.count(ready.connections(), "connection"));
        if (!ready.message().isEmpty()) {
            evidence.add("it says: " + ready.message());
        }
        var findings = new ArrayList<Finding>();
        findings.add(model(ready, evidence.toArray(String[]::new)));
        if (ready.draining()) {
            findings.add(Finding.impaired(Cause.DRAINING, "The server drains",
                    "It was told to stop: it lets answers in flight end, moves its clients away and begins nothing new.",
                    evidence.toArray(String[]::new))
                    .fix("If it is being replaced, wait for the next one. If not, see who sent SIGTERM or drained it in /admin, and start it again."));
        }
        return findings;
    }

    private static Finding model(Readiness ready, String... evidence) {
        return switch (ready.model()) {
            case READY -> Finding.fine(Cause.MODEL_READY, "The model is ready", evidence);
            case LOADING -> Finding
                    .impaired(Cause.MODEL_LOADING, "The model is still being loaded",
                            "Clients connect, and wait before they can talk.", evidence)
                    .fix("Wait some seconds and look again. Let the balancer ask /health/ready, not /health, so that nobody is led here before; if it stays so, read the server's log.");
            case FAILED -> Finding
                    .broken(Cause.MODEL_FAILED, "The model could not be started",
                            "Clients connect, and nobody can talk.", evidence)
                    .fix("Read the server's log. For Nova Sonic: credentials, region and access to the model (docs/bedrock.md). "
                            + "For the embedded one: the speech models (./parley fetches them) and memory. Then start the server again.");
        };
    }
}
