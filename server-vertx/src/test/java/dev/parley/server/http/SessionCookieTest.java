package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of the session cookie. */
class SessionCookieTest {
    private final SessionCookie cookie = SessionCookie.defaults();

    @Test
    void saysNothingThatWasNotSet() {
        assertThat(cookie.value("sid")).isEqualTo("io=sid; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void saysEveryAttribute() {
        var full = cookie.withDomain("example.com")
                .withSecure(true)
                .withPartitioned(true)
                .withSameSite(SessionCookie.SameSite.NONE)
                .withPriority(SessionCookie.Priority.HIGH)
                .withMaxAge(Duration.ofMinutes(1))
                .withExpires(Instant.parse("2026-03-01T09:05:07Z"));
        assertThat(full.value("sid")).isEqualTo(
                "io=sid; Max-Age=60; Domain=example.com; Path=/; Expires=Sun, 01 Mar 2026 09:05:07 GMT; HttpOnly;"
                        + " Secure; Partitioned; Priority=High; SameSite=None");
    }

    @Test
    void isNotPartitionedWithoutBeingSecure() {
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.withPartitioned(true))
                .withMessage("a partitioned cookie must be secure too: browsers drop it otherwise");
        var partitioned = cookie.withSecure(true).withPartitioned(true);
        assertThatIllegalArgumentException().isThrownBy(() -> partitioned.withSecure(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", ".", "a..b", "a\r\nX: y", "https://a"})
    void takesNoDomainThatIsNone(String domain) {
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.withDomain(domain));
    }
}
