package dev.parley.doctor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Certificate;
import dev.parley.doctor.evidence.ConnectionFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateRulesTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void simplestFaultIsNamedFirst() {
        assertThat(title(-90, -1, true, "other")).isEqualTo("The certificate of host has expired");
        assertThat(title(1, 90, true, "other")).isEqualTo("The certificate of host is not valid yet");
        assertThat(title(-1, 90, true, "other")).isEqualTo("The certificate is not for host");
        assertThat(title(-1, 90, true, "host")).isEqualTo("The certificate of host is self-signed");
        assertThat(title(-1, 90, false, "host"))
                .isEqualTo("The issuer of the certificate of host is not trusted");
    }

    @Test
    void evidenceIsShown() {
        var names = List.of("a", "b", "c", "d", "e", "f", "g");

        var finding = CertificateRules.evaluate("host", certificate(-1, 89, true, names),
                new ConnectionFailure(ConnectionFailure.Kind.TLS, "no path"));

        assertThat(finding.evidence()).containsExactly("TLS failed (no path)",
                "valid from 2026-04-30 to 2026-07-29, checked on 2026-05-01",
                "issued for a, b, c, d, e and 2 more", "self-signed");
        assertThat(finding.cause()).isEqualTo(Cause.TLS_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"talk.example.org, talk.example.org, true", "TALK.example.org, talk.example.org, true",
            "*.example.org, talk.example.org, true", "*.example.org, a.talk.example.org, false",
            "*.example.org, example.org, false", "192.0.2.1, 192.0.2.1, true",
            "example.org, talk.example.org, false"})
    void certificateCoversMatchingHosts(String name, String host, boolean covers) {
        assertThat(certificate(0, 1, false, List.of(name)).covers(host)).isEqualTo(covers);
    }

    private static String title(int from, int until, boolean selfSigned, String name) {
        return CertificateRules
                .evaluate("host", certificate(from, until, selfSigned, List.of(name)),
                        new ConnectionFailure(ConnectionFailure.Kind.TLS, ""))
                .title();
    }

    private static Certificate certificate(int from, int until, boolean selfSigned, List<String> names) {
        return new Certificate(names, NOW.plus(Duration.ofDays(from)), NOW.plus(Duration.ofDays(until)),
                selfSigned, NOW);
    }
}
