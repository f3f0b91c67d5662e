package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Certificate;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.wire.Endpoint;
import dev.parley.doctor.wire.Http2;
import dev.parley.doctor.wire.Line;
import dev.parley.doctor.wire.Showing;
import dev.parley.doctor.wire.WireException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds the host: its addresses, the first of them that takes a connection, and TLS. */
public final class ReachProbe {
    private static final List<String> BOTH = List.of("h2", "http/1.1");
    private static final int MOST_ADDRESSES = 4;

    private ReachProbe() {}

    /** What was seen, and the address to use from now on; null if the host cannot be reached. */
    public record Reached(Evidence.Reach evidence, @Nullable InetAddress address) {}

    public static Reached examine(Endpoint endpoint, Duration answer, Deadline deadline, InstantSource clock)
            throws InterruptedException {
        long begun = System.nanoTime();
        InetAddress[] addresses;
        try {
            addresses = resolve(endpoint.host(), deadline.within(answer));
        } catch (WireException e) {
            return failed(endpoint, List.of(), Caller.since(begun), e.failure(), Optional.empty());
        }
        var dns = Caller.since(begun);
        var names = List.of(addresses).stream().map(InetAddress::getHostAddress).toList();
        var failure = new Failure(Failure.Kind.UNREACHABLE, "");
        Optional<Certificate> certificate = Optional.empty();
        for (int i = 0; i < Math.min(addresses.length, MOST_ADDRESSES); i++) {
            try (var line = Line.open(endpoint, addresses[i], BOTH, deadline.within(answer))) {
                var evidence = new Evidence.Reach(endpoint.host(), endpoint.port(), names, dns,
                        line.opening().tcp(), tls(endpoint, addresses[i], line, deadline.within(answer)),
                        Optional.empty(), Optional.empty());
                return new Reached(evidence, addresses[i]);
            } catch (WireException e) {
                failure = e.failure();
                certificate = failure.kind() == Failure.Kind.TLS
                        ? Showing.of(endpoint, addresses[i], deadline.within(answer), clock)
                        : Optional.empty();
            }
        }
        return failed(endpoint, names, dns, failure, certificate);
    }

    private static Optional<Evidence.Tls> tls(Endpoint endpoint, InetAddress address, Line line,
            Duration timeout) {
        if (!endpoint.tls()) {
            return Optional.empty();
        }
        var opening = line.opening();
        boolean h2 = opening.alpn().equals("h2");
        Optional<Boolean> webSocket = h2 ? Http2.takesWebSocket(line, timeout) : Optional.empty();
        return Optional.of(new Evidence.Tls(opening.protocol(), opening.alpn(),
                !h2 || takesHttp1(endpoint, address, timeout), webSocket, opening.tls()));
    }

    private static boolean takesHttp1(Endpoint endpoint, InetAddress address, Duration timeout) {
        try (var line = Line.open(endpoint, address, List.of("http/1.1"), timeout)) {
            return !line.opening().alpn().equals("h2");
        } catch (WireException e) {
            return false;
        }
    }

    /** Resolving cannot be given a time limit, so it is left behind when it takes too long. */
    private static InetAddress[] resolve(String host, Duration timeout)
            throws WireException, InterruptedException {
        var asking = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("doctor-dns").start(asking);
        try {
            return asking.get(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new WireException(Failure.Kind.TIMEOUT, "the name could not be looked up");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException
                    ? new WireException(Failure.Kind.UNKNOWN_HOST, "")
                    : new WireException(Failure.Kind.UNREACHABLE, String.valueOf(e.getCause()));
        }
    }

    private static Reached failed(Endpoint endpoint, List<String> addresses, Duration dns, Failure failure,
            Optional<Certificate> certificate) {
        return new Reached(new Evidence.Reach(endpoint.host(), endpoint.port(), addresses, dns, Duration.ZERO,
                Optional.empty(), Optional.of(failure), certificate), null);
    }
}
