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
    /** A host that accepts no connection must not cost the sum of the waits for all its addresses. */
    private static final Duration PER_ADDRESS = Duration.ofSeconds(4);

    private ReachProbe() {}

    /**
     * The address that was reached.
     *
     * @param address for later requests; null if the host is unreachable
     * @param tried   the address that was tried last; null if the name has none
     * @param others  addresses of the host that were not used
     */
    public record Reached(Evidence.Reach evidence, @Nullable InetAddress address, @Nullable InetAddress tried,
            List<InetAddress> others) {
        public Reached {
            others = List.copyOf(others);
        }
    }

    public static Reached examine(ServerAddress endpoint, Duration response, Deadline deadline,
            InstantSource clock) throws InterruptedException {
        long begun = System.nanoTime();
        InetAddress[] addresses;
        try {
            addresses = resolve(endpoint.host(), deadline.cap(response));
        } catch (WireException e) {
            return failed(endpoint, List.of(), ProbeClient.elapsedSince(begun), e.failure(), Optional.empty(),
                    null);
        }
        var dns = ProbeClient.elapsedSince(begun);
        var names = List.of(addresses).stream().map(InetAddress::getHostAddress).toList();
        var failure = new ConnectionFailure(ConnectionFailure.Kind.UNREACHABLE, "");
        Optional<Certificate> certificate = Optional.empty();
        for (int i = 0; i < Math.min(addresses.length, MAX_ADDRESSES); i++) {
            try (var connection = TcpConnection.open(endpoint, addresses[i], BOTH,
                    deadline.cap(ProbeClient.shorterOf(response, PER_ADDRESS)))) {
                var evidence = new Evidence.Reach(endpoint.host(), endpoint.port(), names, dns,
                        connection.opening().tcp(),
                        tls(endpoint, addresses[i], connection, deadline.cap(response)), Optional.empty(),
                        Optional.empty());
                var used = addresses[i];
                return new Reached(evidence, used, used,
                        List.of(addresses).stream().filter(other -> !other.equals(used)).toList());
            } catch (WireException e) {
                failure = e.failure();
                certificate = failure.kind() == ConnectionFailure.Kind.TLS
                        ? CertificateProbe.inspect(endpoint, addresses[i], deadline.cap(response), clock)
                        : Optional.empty();
            }
        }
        return failed(endpoint, names, dns, failure, certificate,
                addresses.length == 0 ? null : addresses[Math.min(addresses.length, MAX_ADDRESSES) - 1]);
    }

    /**
     * Connects to an address of the other family, IPv4 or IPv6, without TLS; empty if there is none, if it accepts, or if this machine has no
     * network of that family.
     */
    public static Optional<Evidence> otherFamily(ServerAddress endpoint, Reached reached, Duration timeout) {
        var used = reached.address();
        var other = reached.others()
                .stream()
                .filter(address -> used != null && address.getClass() != used.getClass())
                .findFirst();
        if (used == null || other.isEmpty()) {
            return Optional.empty();
        }
        var plain = new ServerAddress(endpoint.host(), endpoint.port(), false);
        try {
            TcpConnection.open(plain, other.get(), List.of(), timeout).close();
            return Optional.empty();
        } catch (WireException e) {
            return e.failure().kind() == ConnectionFailure.Kind.REFUSED
                    ? Optional.of(new Evidence.Families(used.getHostAddress(), other.get().getHostAddress(),
                            e.failure(), other.get().isLoopbackAddress()))
                    : Optional.empty();
        }
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
            ConnectionFailure failure, Optional<Certificate> certificate, @Nullable InetAddress tried) {
        return new Reached(new Evidence.Reach(endpoint.host(), endpoint.port(), addresses, dns, Duration.ZERO,
                Optional.empty(), Optional.of(failure), certificate), null, tried, List.of());
    }
}
