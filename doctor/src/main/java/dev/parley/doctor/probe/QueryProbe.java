package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a WebSocket without the headers of an upgrade, where the server did not know the transport {@code polling}. A server that receives
 * the query says that the request is bad (code 3); one that does not receive it says again that it does not know the transport (code 0).
 */
public final class QueryProbe implements Probe {

    @Override
    public String title() {
        return "Whether the query arrives";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        String target = client.target()
                .requestTarget(client.revision(), TransportKind.WEBSOCKET, Optional.empty());
        return List.of(new Evidence.QueryCheck(client.send(Request.get(target), client.responseTimeout())));
    }
}
