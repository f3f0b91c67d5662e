package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Examinations.assertFound;
import static dev.parley.doctor.rig.Examinations.assertHealthy;
import static dev.parley.doctor.rig.Examinations.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.testing.Ports;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** TLS and ALPN with real peers. Runs alone, because the trusted certificates apply to the whole process. */
@Tag("real-time")
@Isolated
class TlsIT {
    @TempDir
    Path folder;

    private final SSLContext usual = usual();
    private final TestServer backend = TestServer.start();
    private Proxies proxies = new Proxies(Path.of("."));

    @AfterEach
    void close() {
        SSLContext.setDefault(usual);
        proxies.close();
        backend.close();
    }

    @Test
    void http2ServerStillOpensWebSocketByHttp1() throws Exception {
        int port = nginx(certificate("dns:localhost", "-1d", 30, true), "ssl http2");

        var report = examine("localhost", port);

        assertHealthy(report);
        assertThat(finding(report, Cause.REACHABLE).evidence())
                .anyMatch(line -> line.startsWith("TLSv1.") && line.endsWith(", ALPN chose h2"))
                .contains("WebSocket over HTTP/2 (extended CONNECT) is not announced");
        assertThat(report.verdict().description())
                .startsWith("Works: by polling and by WebSocket, upgraded within ");
    }

    @Test
    void http1OnlyServerIsHealthy() throws Exception {
        int port = nginx(certificate("ip:127.0.0.1", "-1d", 30, true), "ssl");

        var report = examine("127.0.0.1", port);

        assertHealthy(report);
        assertThat(finding(report, Cause.REACHABLE).evidence())
                .anyMatch(line -> line.endsWith(", ALPN chose http/1.1"))
                .noneMatch(line -> line.contains("extended CONNECT"));
    }

    @Test
    void webSocketOverHttp2IsReported() throws Exception {
        var certificate = certificate("dns:localhost", "-1d", 30, true);
        proxies = new Proxies(folder);
        int port = Ports.free();
        proxies.haproxy("", "bind 127.0.0.1:" + port + " ssl crt " + certificate.both() + " alpn h2,http/1.1",
                "", backend);

        var report = examine("localhost", port);

        assertHealthy(report);
        assertThat(finding(report, Cause.REACHABLE).evidence())
                .contains("WebSocket over HTTP/2 (extended CONNECT) is announced");
    }

    @Test
    void expiredCertificateIsReported() throws Exception {
        int port = nginx(certificate("dns:localhost", "-40d", 30, false), "ssl http2");

        var report = examine("localhost", port);

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(report.verdict().description()).contains("the certificate of localhost has expired");
    }

    @Test
    void certificateForAnotherNameIsReported() throws Exception {
        int port = nginx(certificate("dns:talk.example.org", "-1d", 30, true), "ssl");

        var report = examine("localhost", port);

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(report.verdict().description()).contains("the certificate is not for localhost");
        assertThat(finding(report, Cause.TLS_INVALID).evidence()).contains("issued for talk.example.org");
    }

    @Test
    void selfSignedCertificateIsReported() throws Exception {
        int port = nginx(certificate("dns:localhost", "-1d", 30, false), "ssl");

        var report = examine("localhost", port);

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(report.verdict().description()).contains("the certificate of localhost is self-signed");
    }

    @Test
    void serverWithoutTlsIsReported() {
        var report = examine("localhost", backend.port());

        assertFound(report, Health.BROKEN, Cause.HTTP_EXPECTED);
        assertThat(finding(report, Cause.HTTP_EXPECTED).fix()).get().asString().contains("Use http://");
    }

    private Certificates certificate(String names, String start, int days, boolean trusted) throws Exception {
        var certificate = new Certificates(folder, names, start, days);
        if (trusted) {
            SSLContext.setDefault(certificate.trusting());
        }
        return certificate;
    }

    private int nginx(Certificates certificate, String listen) {
        int port = Ports.free();
        proxies = new Proxies(folder);
        proxies.nginx("listen 127.0.0.1:" + port + " " + listen + "; " + certificate.nginx()
                + Proxies.nginxRight(backend.port()));
        return port;
    }

    private static Report examine(String host, int port) {
        return Examinations.examine(new Target(new ServerAddress(host, port, true), "/socket.io/", "/",
                List.of(), Map.of(), Optional.empty(), Optional.empty()));
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
