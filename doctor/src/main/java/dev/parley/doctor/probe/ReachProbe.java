package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Certificate;
import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.Deadline;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.CertificateProbe;
import dev.parley.doctor.wire.Http2Settings;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.doctor.wire.TcpConnection;
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

/** Resolves the host, connects to the first address that accepts, and examines TLS. */
public final class ReachProbe {
    private static final List<String> BOTH = List.of("h2", "http/1.1");
    private static final int MAX_ADDRESSES = 4;

    private ReachProbe() {}

    /** The evidence, and the address for later requests; null if the host is unreachable. */
    public record Reached(Evidence.Reach evidence, @Nullable InetAddress address) {}

    public static Reached examine(ServerAddress endpoint, Duration response, Deadline deadline,
            InstantSource clock) throws InterruptedException {
        long begun = System.nanoTime();
        InetAddress[] addresses;
        try {
            addresses = resolve(endpoint.host(), deadline.cap(response));
        } catch (WireException e) {
            return failed(endpoint, List.of(), ProbeClient.elapsedSince(begun), e.failure(),
                    Optional.empty());
        }
        var dns = ProbeClient.elapsedSince(begun);
        var names = List.of(addresses).stream().map(InetAddress::getHostAddress).toList();
        var failure = new ConnectionFailure(ConnectionFailure.Kind.UNREACHABLE, "");
        Optional<Certificate> certificate = Optional.empty();
        for (int i = 0; i < Math.min(addresses.length, MAX_ADDRESSES); i++) {
            try (var connection = TcpConnection.open(endpoint, addresses[i], BOTH, deadline.cap(response))) {
                var evidence = new Evidence.Reach(endpoint.host(), endpoint.port(), names, dns,
                        connection.opening().tcp(),
                        tls(endpoint, addresses[i], connection, deadline.cap(response)), Optional.empty(),
                        Optional.empty());
                return new Reached(evidence, addresses[i]);
            } catch (WireException e) {
                failure = e.failure();
                certificate = failure.kind() == ConnectionFailure.Kind.TLS
                        ? CertificateProbe.inspect(endpoint, addresses[i], deadline.cap(response), clock)
                        : Optional.empty();
            }
        }
        return failed(endpoint, names, dns, failure, certificate);
    }

    private static Optional<Evidence.Tls> tls(ServerAddress endpoint, InetAddress address,
            TcpConnection connection, Duration timeout) {
        if (!endpoint.tls()) {
            return Optional.empty();
        }
        var opening = connection.opening();
        boolean h2 = opening.alpn().equals("h2");
        Optional<Boolean> webSocket = h2 ? Http2Settings.allowsWebSocket(connection, timeout)
                : Optional.empty();
        return Optional.of(new Evidence.Tls(opening.protocol(), opening.alpn(),
                !h2 || takesHttp1(endpoint, address, timeout), webSocket, opening.tls()));
    }

    private static boolean takesHttp1(ServerAddress endpoint, InetAddress address, Duration timeout) {
        try (var connection = TcpConnection.open(endpoint, address, List.of("http/1.1"), timeout)) {
            return !connection.opening().alpn().equals("h2");
        } catch (WireException e) {
            // Silence proves nothing.
            return e.failure().isSilence();
        }
    }

    /** Resolves a name on a separate thread, because the lookup has no timeout. */
    private static InetAddress[] resolve(String host, Duration timeout)
            throws WireException, InterruptedException {
        var asking = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread.ofPlatform().daemon().name("doctor-dns").start(asking);
        try {
            return asking.get(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new WireException(ConnectionFailure.Kind.TIMEOUT, "the name lookup did not finish");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException
                    ? new WireException(ConnectionFailure.Kind.UNKNOWN_HOST, "")
                    : new WireException(ConnectionFailure.Kind.UNREACHABLE, String.valueOf(e.getCause()));
        }
    }

    private static Reached failed(ServerAddress endpoint, List<String> addresses, Duration dns,
            ConnectionFailure failure, Optional<Certificate> certificate) {
        return new Reached(new Evidence.Reach(endpoint.host(), endpoint.port(), addresses, dns, Duration.ZERO,
                Optional.empty(), Optional.of(failure), certificate), null);
    }
}
