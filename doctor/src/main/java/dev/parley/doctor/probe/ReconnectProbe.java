package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ConnectReply;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.ProbeSession;
import dev.parley.doctor.session.SessionEndedException;
import java.util.List;
import java.util.Optional;

/** Drops a connection without a close packet, as a failing network does, and connects again. */
public record ReconnectProbe(boolean webSocket) implements Probe {

    @Override
    public String title() {
        return "Reconnection after a cut";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        try {
            var first = ProbeSession.open(client, webSocket);
            var before = ConnectProbe.connect(client, first);
            first.drop();
            if (!(before instanceof ConnectReply.Accepted)) {
                return List.of(failed("the namespace did not accept the first connection", before));
            }
            long begun = System.nanoTime();
            try (var second = ProbeSession.open(client, webSocket)) {
                var again = ConnectProbe.connect(client, second);
                return List.of(again instanceof ConnectReply.Accepted
                        ? new Evidence.Reconnected(Optional.of(ProbeClient.elapsedSince(begun)), "", false)
                        : failed("the namespace did not accept the second connection", again));
            }
        } catch (SessionEndedException e) {
            return List
                    .of(new Evidence.Reconnected(Optional.empty(), e.description(), e.outcome().isSilence()));
        }
    }

    private static Evidence failed(String why, ConnectReply reply) {
        return new Evidence.Reconnected(Optional.empty(), why, reply instanceof ConnectReply.Unanswered);
    }
}
