package dev.parley.doctor.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All evidence of one examination, in the order in which it was had. */
public record CaseFile(String url, List<Evidence> evidence) {
    public CaseFile {
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

    public Optional<Evidence.Affinity> affinity(Evidence.Habit habit) {
        return all(Evidence.Affinity.class).filter(affinity -> affinity.habit() == habit).findFirst();
    }

    public Optional<Evidence.Cadence> cadence(String transport) {
        return all(Evidence.Cadence.class).filter(cadence -> cadence.transport().equals(transport))
                .findFirst();
    }

    /** The handshake by polling, of whichever revision is served; where there is none, the one by WebSocket. */
    public Optional<Handshake> handshake() {
        return handshakeByPolling()
                .or(() -> first(Evidence.WebSocket.class).flatMap(Evidence.WebSocket::handshake));
    }

    public Optional<Handshake> handshakeByPolling() {
        return all(Evidence.Polling.class).flatMap(polling -> polling.handshake().stream()).findFirst();
    }

    /** Every answer seen, for whoever wants to know who gave it. */
    public Stream<Answer> answers() {
        return evidence.stream().flatMap(CaseFile::outcomes).flatMap(outcome -> outcome.answer().stream());
    }

    private static Stream<Outcome> outcomes(Evidence evidence) {
        return switch (evidence) {
            case Evidence.Polling polling -> Stream.of(polling.outcome());
            case Evidence.WebSocket socket -> Stream.of(socket.outcome());
            case Evidence.Greeted greeted -> Stream.empty();
            case Evidence.Upgrade upgrade -> Stream.of(upgrade.outcome());
            case Evidence.Idle idle -> idle.outcome().stream();
            case Evidence.Payload payload ->
                Stream.concat(Stream.of(payload.below()), payload.above().stream());
            case Evidence.Connect connect ->
                connect.reply() instanceof Evidence.Reply.Broken broken ? Stream.of(broken.outcome())
                        : Stream.empty();
            case Evidence.Reach reach -> Stream.empty();
            case Evidence.Redirected redirected -> Stream.empty();
            case Evidence.Affinity affinity -> affinity.failure().stream();
            case Evidence.Push push -> Stream.empty();
            case Evidence.Compression compression -> Stream.empty();
            case Evidence.Cors cors -> Stream.empty();
            case Evidence.Binary binary -> Stream.empty();
            case Evidence.Cadence cadence -> Stream.empty();
            case Evidence.HealthCheck health -> Stream.of(health.outcome());
            case Evidence.Ready ready -> Stream.empty();
            case Evidence.Reconnected reconnected -> Stream.empty();
            case Evidence.Users users -> Stream.empty();
            case Evidence.Skipped skipped -> Stream.empty();
        };
    }
}
