package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Evidence.Method;
import dev.parley.doctor.evidence.Evidence.RoundTrip;
import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Headers;
import dev.parley.doctor.evidence.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** Evidence as the probes would have had it. */
final class Seen {
    static final Duration MS = Duration.ofMillis(1);
    static final Handshake HANDSHAKE = new Handshake("secret-sid", List.of("websocket"),
            Duration.ofSeconds(25), Duration.ofSeconds(20), OptionalLong.of(1_000_000));

    private Seen() {}

    static CaseFile file(Evidence... evidence) {
        return new CaseFile("http://host/socket.io/", List.of(evidence));
    }

    /** What a healthy server shows, and after it what differs: the last of a kind counts, so it is put first. */
    static CaseFile healthyBut(Evidence... different) {
        var all = new ArrayList<Evidence>(Arrays.asList(different));
        List<Evidence> healthy = List.of(reach("host"),
                polling(4, answered(200, "0{}"), Optional.of(HANDSHAKE)),
                polling(3, answered(200, "0{}"), Optional.of(HANDSHAKE)), affinity(Habit.NEW_CONNECTIONS, 0),
                affinity(Habit.COOKIES, 0), affinity(Habit.KEEP_ALIVE, 0),
                new Evidence.Connect("/", new Evidence.Reply.Welcomed(), MS),
                new Evidence.WebSocket(answered(101, ""), Optional.of(HANDSHAKE), MS),
                new Evidence.Upgrade(Evidence.Stage.DONE, answered(101, ""), MS, MS.multipliedBy(2),
                        MS.multipliedBy(3)),
                cadence("polling", 20, 0), cadence("websocket", 4, 0));
        healthy.stream()
                .filter(one -> all.stream().noneMatch(other -> sameProbe(one, other)))
                .forEach(all::add);
        return new CaseFile("http://host/socket.io/", all);
    }

    private static boolean sameProbe(Evidence one, Evidence other) {
        return one.getClass() == other.getClass() && switch (one) {
            case Evidence.Polling polling -> polling.revision() == ((Evidence.Polling) other).revision();
            case Evidence.Affinity affinity -> affinity.habit() == ((Evidence.Affinity) other).habit();
            case Evidence.Cadence cadence ->
                cadence.transport().equals(((Evidence.Cadence) other).transport());
            default -> true;
        };
    }

    static Evidence reach(String host) {
        return new Evidence.Reach(host, 443, List.of("192.0.2.1"), MS, MS, Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    static Evidence polling(int revision, Outcome outcome, Optional<Handshake> handshake) {
        return new Evidence.Polling(revision, "/socket.io/", outcome, handshake, List.of());
    }

    static Evidence affinity(Habit habit, int lost, String... cookies) {
        return new Evidence.Affinity(habit, 12, 24, lost, 0, Set.of(cookies), 0, Optional.empty());
    }

    static Evidence webSocket(Outcome outcome) {
        return new Evidence.WebSocket(outcome, Optional.empty(), MS);
    }

    static Evidence cadence(String transport, double millis, int gaps) {
        var trips = IntStream.range(0, 312).mapToObj(i -> new RoundTrip(i * 32L, millis + i % 10)).toList();
        return new Evidence.Cadence(transport, Method.ECHO, 312, trips,
                IntStream.range(0, gaps).mapToObj(i -> 150L).toList(), MS, Optional.empty());
    }

    static Outcome answered(int status, String body, String... headers) {
        var list = new ArrayList<Headers.Header>();
        for (String header : headers) {
            list.add(new Headers.Header(header.replaceFirst(":.*", ""),
                    header.replaceFirst("[^:]*:\\s*", "")));
        }
        return new Outcome.Answered(
                new Answer(status, new Headers(list), body.getBytes(StandardCharsets.UTF_8), MS, MS));
    }

    static Outcome failed(Failure.Kind kind) {
        return new Outcome.Failed(new Failure(kind, ""), MS);
    }
}
