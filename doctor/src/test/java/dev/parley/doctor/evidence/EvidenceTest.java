package dev.parley.doctor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.ConnectionFailure.Kind;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.ConnectReply;
import dev.parley.doctor.evidence.Evidence.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
    private static final Outcome SILENCE = failed(Kind.TIMEOUT);
    private static final Outcome CUT = failed(Kind.CLOSED);

    private static Outcome failed(Kind kind) {
        return new Outcome.Failed(new ConnectionFailure(kind, ""), Duration.ZERO);
    }

    static Stream<Evidence> restsOnSilence() {
        return Stream.of(reach(Kind.TIMEOUT), reach(Kind.TLS_TIMEOUT), polling(SILENCE), affinity(0, SILENCE),
                connect(new ConnectReply.Unanswered()), connect(new ConnectReply.Broken(SILENCE)),
                socket(SILENCE), upgrade(Stage.REFUSED, SILENCE), upgrade(Stage.NO_PROBE_ANSWER, CUT),
                upgrade(Stage.NO_TRAFFIC_AFTER, CUT),
                new Evidence.Payload(100, 100, SILENCE, Optional.empty(), 0),
                new Evidence.HealthCheck("/health", SILENCE),
                new Evidence.Reconnected(Optional.empty(), "late"), new Evidence.Users(3, 2, Duration.ZERO));
    }

    static Stream<Evidence> restsOnAResponse() {
        return Stream.of(reach(Kind.REFUSED), polling(CUT), affinity(3, SILENCE), affinity(0, CUT),
                connect(new ConnectReply.Refused("no")), connect(new ConnectReply.Accepted()),
                connect(new ConnectReply.Broken(CUT)), socket(CUT), upgrade(Stage.REFUSED, CUT),
                upgrade(Stage.DONE, CUT), new Evidence.HealthCheck("/health", CUT),
                new Evidence.Users(3, 3, Duration.ZERO), new Evidence.Skipped("x", "y"));
    }

    @ParameterizedTest
    @MethodSource("restsOnSilence")
    void silenceIsToldFromAResponse(Evidence seen) {
        assertThat(seen.waitedInVain()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("restsOnAResponse")
    void whatWasSeenIsNotSilence(Evidence seen) {
        assertThat(seen.waitedInVain()).isFalse();
    }

    private static Evidence reach(Kind kind) {
        return new Evidence.Reach("host", 443, List.of(), Duration.ZERO, Duration.ZERO, Optional.empty(),
                Optional.of(new ConnectionFailure(kind, "")), Optional.empty());
    }

    private static Evidence polling(Outcome outcome) {
        return new Evidence.Polling(4, "/socket.io/", outcome, Optional.empty(), List.of());
    }

    private static Evidence affinity(int lost, Outcome failure) {
        return new Evidence.Affinity(ClientMode.COOKIES, 4, 8, lost, 1, Set.of(), 0, Optional.of(failure));
    }

    private static Evidence connect(ConnectReply reply) {
        return new Evidence.Connect("/", reply, Duration.ZERO);
    }

    private static Evidence socket(Outcome outcome) {
        return new Evidence.WebSocket(outcome, Optional.empty(), Duration.ZERO);
    }

    private static Evidence upgrade(Stage stage, Outcome outcome) {
        return new Evidence.Upgrade(stage, outcome, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
