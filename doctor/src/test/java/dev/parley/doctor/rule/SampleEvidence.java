package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.EchoMethod;
import dev.parley.doctor.evidence.Evidence.RoundTrip;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.evidence.WebSocketStart;
import dev.parley.protocol.engine.EngineHandshake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** Creates evidence as the probes do. */
public final class SampleEvidence {
    static final Duration MS = Duration.ofMillis(1);
    static final EngineHandshake HANDSHAKE = new EngineHandshake("secret-sid", List.of("websocket"),
            Duration.ofSeconds(25), Duration.ofSeconds(20), OptionalLong.of(1_000_000));

    private SampleEvidence() {}

    public static EvidenceLog log(Evidence... evidence) {
        return new EvidenceLog("https://host/socket.io/", List.of(evidence));
    }

    /** Returns the evidence of a healthy server with other evidence first, because the first of a kind counts. */
    static EvidenceLog healthyBut(Evidence... different) {
        var all = new ArrayList<Evidence>(Arrays.asList(different));
        List<Evidence> healthy = List.of(reach("host"),
                polling(4, answered(200, "0{}"), Optional.of(HANDSHAKE)),
                polling(3, answered(200, "0{}"), Optional.of(HANDSHAKE)),
                affinity(ClientMode.NEW_CONNECTIONS, 0), affinity(ClientMode.COOKIES, 0),
                affinity(ClientMode.KEEP_ALIVE, 0),
                new Evidence.Connect("/", new Evidence.ConnectReply.Accepted(), MS),
                new Evidence.WebSocket(answered(101, ""), Optional.of(HANDSHAKE), MS,
                        new WebSocketStart.Answered(), Optional.empty()),
                new Evidence.Upgrade(Evidence.Stage.DONE, answered(101, ""), MS, MS.multipliedBy(2),
                        MS.multipliedBy(3), false, false),
                cadence("polling", 20, 0), cadence("websocket", 4, 0));
        healthy.stream()
                .filter(one -> all.stream().noneMatch(other -> sameProbe(one, other)))
                .forEach(all::add);
        return new EvidenceLog("https://host/socket.io/", all);
    }

    private static boolean sameProbe(Evidence one, Evidence other) {
        return one.getClass() == other.getClass() && switch (one) {
            case Evidence.Polling polling -> polling.revision() == ((Evidence.Polling) other).revision();
            case Evidence.Affinity affinity -> affinity.mode() == ((Evidence.Affinity) other).mode();
            case Evidence.AudioTimings cadence ->
                cadence.transport().equals(((Evidence.AudioTimings) other).transport());
            default -> true;
        };
    }

    public static Evidence reach(String host) {
        return new Evidence.Reach(host, 443, List.of("192.0.2.1"), MS, MS, Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public static Evidence polling(int revision, Outcome outcome, Optional<EngineHandshake> handshake) {
        return new Evidence.Polling(revision, "/socket.io/", outcome, handshake, List.of(), List.of());
    }

    public static Evidence affinity(ClientMode mode, int lost, String... cookies) {
        return new Evidence.Affinity(mode, 12, 24, lost, 0, Set.of(cookies), 0, Optional.empty(), 0, 0);
    }

    /** Returns requests without cookies to twelve sessions whose ids name so many servers. */
    static Evidence affinityOf(int servers, int lost) {
        return new Evidence.Affinity(ClientMode.NEW_CONNECTIONS, 12, 24, lost, 0, Set.of(), 0,
                Optional.empty(), 0, servers);
    }

    static Evidence webSocket(Outcome outcome) {
        return webSocket(outcome,
                outcome.hasStatus(101) ? new WebSocketStart.Silent() : new WebSocketStart.NotAccepted());
    }

    static Evidence webSocket(Outcome outcome, WebSocketStart start) {
        return new Evidence.WebSocket(outcome, start.opened() ? Optional.of(HANDSHAKE) : Optional.empty(), MS,
                start, Optional.empty());
    }

    static Evidence cadence(String transport, double millis, int gaps) {
        var trips = IntStream.range(0, 312).mapToObj(i -> new RoundTrip(i * 32L, millis + i % 10)).toList();
        return new Evidence.AudioTimings(transport, EchoMethod.ECHO, 312, trips,
                IntStream.range(0, gaps).mapToObj(i -> 150L).toList(), MS, Optional.empty());
    }

    public static Outcome answered(int status, String body, String... headers) {
        var list = new ArrayList<HttpHeaders.Header>();
        for (String header : headers) {
            list.add(new HttpHeaders.Header(header.replaceFirst(":.*", ""),
                    header.replaceFirst("[^:]*:\\s*", "")));
        }
        return new Outcome.Responded(
                new Response(status, new HttpHeaders(list), body.getBytes(StandardCharsets.UTF_8), MS, MS));
    }

    static Outcome failed(ConnectionFailure.Kind kind) {
        return new Outcome.Failed(new ConnectionFailure(kind, ""), MS);
    }
}
