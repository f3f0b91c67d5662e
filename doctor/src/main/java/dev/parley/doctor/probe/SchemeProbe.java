package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.HttpConnection;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.doctor.wire.TcpConnection;
import dev.parley.doctor.wire.WireException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checks whether a port speaks TLS where HTTP was expected, or HTTP where TLS was. One connection. */
public final class SchemeProbe {
    private static final List<String> HTTP1 = List.of("http/1.1");

    private SchemeProbe() {}

    /** Examines a port without TLS whose handshake brought no HTTP response. */
    public static Optional<Evidence> forTls(ProbeClient client, Outcome handshake) {
        if (client.target().endpoint().tls()) {
            return Optional.empty();
        }
        var alert = handshake.failure()
                .filter(why -> why.detail().equals(HttpConnection.TLS_ANSWER))
                .map(why -> (Evidence) new Evidence.OtherScheme(true,
                        "a TLS alert came in response to HTTP"));
        if (alert.isPresent() || client.load().waitLeft().isPositive()) {
            return alert;
        }
        var plain = client.target().endpoint();
        var tls = new ServerAddress(plain.host(), plain.port(), true);
        try (var connection = TcpConnection.open(tls, client.address(), HTTP1, client.responseTimeout())) {
            return Optional.of(
                    new Evidence.OtherScheme(true, connection.opening().protocol() + " opens on this port"));
        } catch (WireException e) {
            // A certificate that is not trusted also proves TLS; a message that is no TLS, silence or an end do not.
            boolean certificate = e.failure().kind() == ConnectionFailure.Kind.TLS
                    && e.failure().detail().contains("certificat");
            return certificate
                    ? Optional.of(new Evidence.OtherScheme(true, "this port presents a certificate"))
                    : Optional.empty();
        }
    }

    /** Examines a port whose TLS failed without a certificate. */
    public static Optional<Evidence> forHttp(Target target, InetAddress address, Duration timeout) {
        var endpoint = target.endpoint();
        var plain = new ServerAddress(endpoint.host(), endpoint.port(), false);
        try (var connection = TcpConnection.open(plain, address, List.of(), timeout)) {
            // Without query, headers and cookies, which must not travel in plain text.
            var response = new HttpConnection(connection, plain.authority())
                    .send(Request.get(target.path()).with("Connection", "close"), timeout);
            return response.isOfTlsPort() ? Optional.empty()
                    : Optional.of(
                            new Evidence.OtherScheme(false, "HTTP " + response.status() + " without TLS"));
        } catch (WireException e) {
            return OtherProtocolProbe.byBanner(e.failure());
        }
    }
}
