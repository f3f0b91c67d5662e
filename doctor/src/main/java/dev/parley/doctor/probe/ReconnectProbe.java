package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Reply;
import java.util.List;
import java.util.Optional;

/** Cuts a connection without a word, as a network that fails does, and connects again. */
public record ReconnectProbe(boolean webSocket) implements Probe {

    @Override
    public String title() {
        return "Reconnection after a cut";
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        try {
            var first = Session.open(caller, webSocket);
            var before = ConnectProbe.connect(caller, first);
            first.leave();
            if (!(before instanceof Reply.Welcomed)) {
                return List.of(new Evidence.Reconnected(Optional.empty(),
                        "the namespace did not welcome in the first place"));
            }
            long begun = System.nanoTime();
            try (var second = Session.open(caller, webSocket)) {
                boolean again = ConnectProbe.connect(caller, second) instanceof Reply.Welcomed;
                return List.of(
                        new Evidence.Reconnected(again ? Optional.of(Caller.since(begun)) : Optional.empty(),
                                again ? "" : "the namespace did not welcome again"));
            }
        } catch (SessionEnded e) {
            return List.of(new Evidence.Reconnected(Optional.empty(), e.words()));
        }
    }
}
