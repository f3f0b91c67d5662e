package dev.parley.doctor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.ConnectionFailure.Kind;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.ConnectReply;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.rule.SampleEvidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                socket(SILENCE), upgrade(Stage.NO_PROBE_ANSWER, true), cors(0), idle(SILENCE),
                new Evidence.Binary("polling", false, 2_048, "no echo", true),
                new Evidence.Payload(100, 100, SILENCE, Optional.empty(), 0),
                new Evidence.HealthCheck("/health", SILENCE),
                new Evidence.Reconnected(Optional.empty(), "late", true),
                new Evidence.Users(3, 2, Duration.ZERO, true));
    }

    static Stream<Evidence> restsOnAResponse() {
        return Stream.of(reach(Kind.REFUSED), polling(CUT), affinity(3, SILENCE), affinity(0, CUT),
                connect(new ConnectReply.Refused("no")), connect(new ConnectReply.Accepted()),
                connect(new ConnectReply.Broken(CUT)), socket(CUT), upgrade(Stage.NO_PROBE_ANSWER, false),
                upgrade(Stage.DONE, false), cors(403), idle(CUT),
                new Evidence.Binary("polling", false, 2_048, "9 bytes", false),
                new Evidence.HealthCheck("/health", CUT),
                new Evidence.Reconnected(Optional.empty(), "HTTP 403", false),
                new Evidence.Users(3, 2, Duration.ZERO, false), new Evidence.Skipped("x", "y"));
    }

    @ParameterizedTest
    @CsvSource({"'{\"code\":1,\"message\":\"Session ID unknown\"}', 1",
            "'{\"code\":\"1\",\"message\":\"Session ID unknown\"}', 1",
            "'{\"code\":\"1,\"message\":\"Session ID unknown\"}', -1",
            "'{\"code\":\"1\",\"message\":\"Order unknown\"}', -1", "Session ID unknown, 1", "nothing, -1"})
    void codesOfEngineIoAreReadAsNumberAndAsString(String body, int code) {
        var outcome = (Outcome.Responded) SampleEvidence.answered(400, body);

        assertThat(outcome.received().engineCode().orElse(-1)).isEqualTo(code);
    }

    @Test
    void fewLateRequestsOfManyAreNoSilence() {
        assertThat(
                new Evidence.Affinity(ClientMode.COOKIES, 4, 8, 0, 1, Set.of(), 0, Optional.of(SILENCE), 0, 0)
                        .waitedInVain())
                .isFalse();
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
        return new Evidence.Polling(4, "/socket.io/", outcome, Optional.empty(), List.of(), List.of());
    }

    private static Evidence affinity(int lost, Outcome failure) {
        return new Evidence.Affinity(ClientMode.COOKIES, 4, 8, lost, 8, Set.of(), 0, Optional.of(failure), 0,
                0);
    }

    private static Evidence connect(ConnectReply reply) {
        return new Evidence.Connect("/", reply, Duration.ZERO);
    }

    private static Evidence socket(Outcome outcome) {
        return new Evidence.WebSocket(outcome, Optional.empty(), Duration.ZERO,
                new WebSocketStart.NotAccepted(), Optional.empty());
    }

    private static Evidence upgrade(Stage stage, boolean silent) {
        return new Evidence.Upgrade(stage, CUT, Duration.ZERO, Duration.ZERO, Duration.ZERO, silent, false);
    }

    private static Evidence idle(Outcome outcome) {
        return new Evidence.Idle("polling", Duration.ofSeconds(25), false, Duration.ofSeconds(30),
                Optional.of(outcome));
    }

    private static Evidence cors(int status) {
        var none = new Evidence.CorsHeaders("", false, "", "", 1);
        return new Evidence.Cors("https://page", true, false, none, Optional.empty(), none, 204, status,
                Set.of());
    }
}
