package dev.parley.doctor.evidence;

import dev.parley.protocol.engine.EngineHandshake;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All evidence of one examination, in the order of collection. */
public record EvidenceLog(String url, List<Evidence> evidence) {
    public EvidenceLog {
        evidence = List.copyOf(evidence);
    }

    public <E extends Evidence> Stream<E> all(Class<E> kind) {
        return evidence.stream().filter(kind::isInstance).map(kind::cast);
    }

    public <E extends Evidence> Optional<E> first(Class<E> kind) {
        return all(kind).findFirst();
    }

    public Optional<Evidence.Polling> polling(int revision) {
        return all(Evidence.Polling.class).filter(polling -> polling.revision() == revision).findFirst();
    }

    public Optional<Evidence.Affinity> affinity(Evidence.ClientMode mode) {
        return all(Evidence.Affinity.class).filter(affinity -> affinity.mode() == mode).findFirst();
    }

    public Optional<Evidence.AudioTimings> cadence(String transport) {
        return all(Evidence.AudioTimings.class).filter(cadence -> cadence.transport().equals(transport))
                .findFirst();
    }

    /** Returns the handshake by polling, of either revision; without one, the handshake by WebSocket. */
    public Optional<EngineHandshake> handshake() {
        return handshakeByPolling()
                .or(() -> first(Evidence.WebSocket.class).flatMap(Evidence.WebSocket::handshake));
    }

    public Optional<EngineHandshake> handshakeByPolling() {
        return all(Evidence.Polling.class).flatMap(polling -> polling.handshake().stream()).findFirst();
    }

    /** Returns every HTTP response, to detect the platforms that sent them. */
    public Stream<Response> responses() {
        return evidence.stream()
                .flatMap(EvidenceLog::outcomes)
                .flatMap(outcome -> outcome.response().stream());
    }

    private static Stream<Outcome> outcomes(Evidence evidence) {
        return switch (evidence) {
            case Evidence.Polling polling ->
                Stream.concat(Stream.of(polling.outcome()), polling.failed().stream());
            case Evidence.WebSocket socket -> Stream.of(socket.outcome());
            case Evidence.EarlyConnect greeted -> Stream.empty();
            case Evidence.Upgrade upgrade -> Stream.of(upgrade.outcome());
            case Evidence.Idle idle -> idle.outcome().stream();
            case Evidence.Payload payload ->
                Stream.concat(Stream.of(payload.below()), payload.above().stream());
            case Evidence.Connect connect ->
                connect.reply() instanceof Evidence.ConnectReply.Broken broken ? Stream.of(broken.outcome())
                        : Stream.empty();
            case Evidence.QueryCheck check -> Stream.of(check.outcome());
            case Evidence.Held held -> Stream.of(new Outcome.Responded(held.response()));
            case Evidence.Reach reach -> Stream.empty();
            case Evidence.OtherScheme scheme -> Stream.empty();
            case Evidence.OtherProtocol protocol -> Stream.empty();
            case Evidence.DevServer server -> Stream.empty();
            case Evidence.Reading reading -> Stream.empty();
            case Evidence.OneAtATime series -> Stream.empty();
            case Evidence.Families families -> Stream.empty();
            case Evidence.Redirected redirected -> Stream.empty();
            case Evidence.Affinity affinity -> affinity.failure().stream();
            case Evidence.Push push -> Stream.empty();
            case Evidence.Compression compression -> Stream.empty();
            case Evidence.Cors cors -> Stream.empty();
            case Evidence.Binary binary -> Stream.empty();
            case Evidence.AudioTimings cadence -> Stream.empty();
            case Evidence.HealthCheck health -> Stream.of(health.outcome());
            case Evidence.Ready ready -> Stream.empty();
            case Evidence.Reconnected reconnected -> Stream.empty();
            case Evidence.Users users -> Stream.empty();
            case Evidence.Unfinished unfinished -> Stream.empty();
            case Evidence.Skipped skipped -> Stream.empty();
        };
    }
}
