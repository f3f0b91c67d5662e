package dev.parley.doctor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHeadersTest {

    @ParameterizedTest
    @CsvSource({"'a=1; SameSite=None; Secure', true", "'a=1; path=/;secure;samesite=none', true",
            "'a=1; SameSite=None', false", "'a=1; SameSite=Lax; Secure', false", "a=1, false",
            "'a=SameSite=None; Secure', false"})
    void crossSiteCookieNeedsSameSiteNoneAndSecure(String cookie, boolean sends) {
        var headers = new HttpHeaders(List.of(new HttpHeaders.Header("Set-Cookie", cookie)));

        assertThat(headers.crossSiteCookieNames()).hasSize(sends ? 1 : 0);
    }
}
