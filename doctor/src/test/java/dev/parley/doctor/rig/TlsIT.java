package dev.parley.doctor.rig;

import static dev.parley.doctor.rig.Doctor.assertFound;
import static dev.parley.doctor.rig.Doctor.assertHealthy;
import static dev.parley.doctor.rig.Doctor.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.probe.Target;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Health;
import dev.parley.doctor.wire.Endpoint;
import dev.parley.testing.Ports;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** TLS and what is agreed in it, with real peers. Alone, since what the process trusts is one for all. */
@Isolated
class TlsIT {
    @TempDir
    Path folder;

    private final SSLContext usual = usual();
    private final Backend backend = Backend.start();
    private Proxies proxies = new Proxies(Path.of("."));

    @AfterEach
    void close() {
        SSLContext.setDefault(usual);
        proxies.close();
        backend.close();
    }

    @Test
    void http2IsAgreedAndWebSocketGoesByHttp1() throws Exception {
        int port = nginx(certificate("dns:localhost", "-1d", 30, true), "ssl http2");

        var report = examine("localhost", port);

        assertHealthy(report);
        assertThat(finding(report, Cause.REACHABLE).evidence())
                .anyMatch(line -> line.startsWith("TLSv1.") && line.endsWith(", ALPN chose h2"))
                .contains("WebSocket over HTTP/2 (extended CONNECT) is not announced");
        assertThat(report.verdict().words())
                .startsWith("Works: by polling and by WebSocket, upgraded within ");
    }

    @Test
    void http1Alone() throws Exception {
        int port = nginx(certificate("ip:127.0.0.1", "-1d", 30, true), "ssl");

        var report = examine("127.0.0.1", port);

        assertHealthy(report);
        assertThat(finding(report, Cause.REACHABLE).evidence())
                .anyMatch(line -> line.endsWith(", ALPN chose http/1.1"))
                .noneMatch(line -> line.contains("extended CONNECT"));
    }

    @Test
    void webSocketOverHttp2IsNoticed() throws Exception {
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
    void aCertificateThatHasExpired() throws Exception {
        int port = nginx(certificate("dns:localhost", "-40d", 30, false), "ssl http2");

        var report = examine("localhost", port);

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(report.verdict().words()).contains("the certificate of localhost has expired");
    }

    @Test
    void aCertificateForAnotherName() throws Exception {
        int port = nginx(certificate("dns:talk.example.org", "-1d", 30, true), "ssl");

        var report = examine("localhost", port);

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(report.verdict().words()).contains("the certificate is not for localhost");
        assertThat(finding(report, Cause.TLS_INVALID).evidence()).contains("made for talk.example.org");
    }

    @Test
    void aCertificateThatNobodyKnows() throws Exception {
        int port = nginx(certificate("dns:localhost", "-1d", 30, false), "ssl");

        var report = examine("localhost", port);

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(report.verdict().words()).contains("the certificate of localhost is signed by itself");
    }

    @Test
    void aServerThatSpeaksNoTls() {
        var report = examine("localhost", backend.port());

        assertFound(report, Health.BROKEN, Cause.TLS_INVALID);
        assertThat(finding(report, Cause.TLS_INVALID).fix()).get().asString().contains("use http://");
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
        return Doctor.examine(new Target(new Endpoint(host, port, true), "/socket.io/", "/", List.of(),
                Map.of(), Optional.empty(), Optional.empty()));
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
