package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.CorsOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages are the server's own: those on the host for which the request was made. */
class OwnOriginTest {
    private static final String STRANGER = "198.51.100.1";
    private static final String PROXY = "10.0.0.1";
    private final Origins origins = new Origins(CorsOptions.defaults(),
            TrustedProxies.of(List.of("10.0.0.0/8")), request -> {
                throw new IllegalStateException("there is no rule");
            });

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https://a.example | a.example", "https://a.example | a.example:443",
            "http://a.example | a.example:80", "http://a.example | a.example",
            "https://a.example | A.EXAMPLE", "https://A.Example | a.example",
            "https://a.example:443 | a.example", "https://a.example. | a.example",
            "https://a.example | a.example.:443", "http://a.example:3000 | a.example:3000",
            "http://[::1]:3000 | [0:0:0:0:0:0:0:1]:3000", "https://[::1] | [::1]:443",
            "http://127.0.0.1:3000 | 127.0.0.1:3000"})
    void theHostOfTheRequestIsOurs(String origin, String host) {
        assertThat(isOwn(origin, STRANGER, "Host", host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https://b.example | a.example", "https://a.example | a.example:80",
            "http://a.example | a.example:443", "https://a.example | a.example:3000",
            "https://a.example:3000 | a.example", "https://a.example.b.example | a.example",
            "null | a.example", "https://a.example/x | a.example", "https://x@a.example | a.example",
            "ftp://a.example | a.example", "https://a.example, https://b.example | a.example",
            "https:// | ''", "https://[::1] | ::1"})
    void otherOriginsAreNotOwn(String origin, String host) {
        assertThat(isOwn(origin, STRANGER, "Host", host)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"X-Forwarded-Host: b.example", "Forwarded: host=b.example",
            "X-Forwarded-Host: b.example, b.example",
            "X-Forwarded-Host: b.example; X-Forwarded-For: 10.0.0.9",
            "Forwarded: for=10.0.0.9;host=b.example"})
    void forwardedHeadersOfUntrustedClientsAreIgnored(String header) {
        String[] one = header.split(": |; ", -1);
        String[] headers = new String[one.length + 2];
        headers[0] = "Host";
        headers[1] = "a.example";
        System.arraycopy(one, 0, headers, 2, one.length);
        assertThat(isOwn("https://b.example", STRANGER, headers)).isFalse();
        assertThat(isOwn("https://b.example", PROXY, headers)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            // one proxy: what it added stands at the end
            "https://b.example | a.example, b.example | 198.51.100.1 | true",
            "https://a.example | a.example, b.example | 198.51.100.1 | false",
            "https://b.example | a.example, b.example | - | true",
            "https://a.example | a.example, b.example | - | false",
            // two: the outer one's is the last but one
            "https://a.example | a.example, b.example | 198.51.100.1, 10.0.0.2 | true",
            "https://b.example | a.example, b.example | 198.51.100.1, 10.0.0.2 | false",
            // that a client wrote before them
            "https://x.example | x.example, a.example, b.example | 198.51.100.1, 10.0.0.2 | false",
            "https://x.example | x.example, a.example, b.example | 10.7.7.7, 198.51.100.1, 10.0.0.2 | false",
            // only one of two added it
            "https://a.example | a.example | 198.51.100.1, 10.0.0.2 | true",
            "https://a.example | a.example:443 | 198.51.100.1 | true",
            "https://a.example | A.EXAMPLE. | 198.51.100.1 | true",
            "https://[2001:db8::1] | [2001:DB8:0::1] | 198.51.100.1 | true",
            "https://a.example | a.example/x | 198.51.100.1 | false",
            "https://inner | , , | 198.51.100.1 | true"})
    void theOutermostTrustedProxysHostIsOurs(String origin, String forwardedHost,
            @Nullable String forwardedFor, boolean own) {
        String[] headers = forwardedFor == null
                ? new String[]{"Host", "inner", "X-Forwarded-Host", forwardedHost}
                : new String[]{"Host", "inner", "X-Forwarded-Host", forwardedHost, "X-Forwarded-For",
                        forwardedFor};
        assertThat(isOwn(origin, PROXY, headers)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "https://a.example | for=198.51.100.1;host=a.example;proto=https | true",
            "https://a.example | For=\"198.51.100.1:47011\";Host=\"a.example:443\" | true",
            "https://a.example | for=198.51.100.1;host=a.example, for=10.0.0.2;host=b.example | true",
            "https://b.example | for=198.51.100.1;host=a.example, for=10.0.0.2;host=b.example | false",
            "https://b.example | host=a.example, host=b.example | true",
            "https://a.example | host=a.example, host=b.example | false",
            "https://b.example | for=198.51.100.1, for=10.0.0.2;host=b.example | true",
            "https://[2001:db8::1]:8443 | for=\"[2001:db8::9]\";host=\"[2001:db8::1]:8443\" | true",
            "https://a.example | host=\"a\\.example\" | true",
            // an open quote of the client does not swallow what a proxy wrote, or put words in its mouth
            "https://x.example | host=x.example;for=\", for=198.51.100.1;host=\"a.example\" | false",
            "https://x.example | host=x.example;host=a.example | false",
            "https://a.example | host=a.example;for=\" | false",
            "http://a.example | host=a.example;proto=https | false",
            "http://a.example | host=a.example;proto=http | true"})
    void forwardedIsRead(String origin, String forwarded, boolean own) {
        assertThat(isOwn(origin, PROXY, "Host", "inner", "Forwarded", forwarded)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"https://a.example | 443 | https | true",
            "https://a.example:8443 | 8443 | https | true", "https://a.example | 8443 | https | false",
            "https://a.example | 80 | http | true", "http://a.example | 80 | http | true",
            "http://a.example | 443 | - | false", "http://a.example | - | https | false",
            "https://a.example | - | https | true", "https://a.example | - | http | true",
            "https://a.example | - | wss | true", "http://a.example | - | wss | false",
            "https://a.example:8443 | 8443, 80 | https | false", "https://a.example | 99999 | https | true",
            "http://a.example | - | 'http, https' | false", "http://a.example | - | 'https, http' | true"})
    void portAndSchemeOfATrustedProxyCount(String origin, @Nullable String port, @Nullable String proto,
            boolean own) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Host", "a.example");
        if (port != null) {
            headers.add("X-Forwarded-Port", port);
        }
        if (proto != null) {
            headers.add("X-Forwarded-Proto", proto);
        }
        assertThat(isOwn(origin, request(PROXY, "/", HttpVersion.HTTP_1_1, false, null, headers)))
                .isEqualTo(own);
    }

    @Test
    void severalLinesOfAListAreOne() {
        assertThat(isOwn("https://b.example", PROXY, "Host", "inner", "X-Forwarded-Host", "a.example",
                "X-Forwarded-Host", "b.example")).isTrue();
        assertThat(isOwn("https://a.example", PROXY, "Host", "inner", "X-Forwarded-Host", "a.example",
                "X-Forwarded-Host", "b.example", "X-Forwarded-For", STRANGER, "X-Forwarded-For", "10.2.2.2"))
                .isTrue();
        assertThat(isOwn("https://a.example", PROXY, "Host", "a.example", "Origin", "https://b.example"))
                .isFalse();
    }

    @Test
    void aPageWithoutTlsIsNotOursWhereWeSpeakTls() {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Host", "a.example");
        var request = request(STRANGER, "/", HttpVersion.HTTP_1_1, true, null, headers);
        assertThat(isOwn("https://a.example", request)).isTrue();
        headers.remove("Origin");
        assertThat(isOwn("http://a.example", request)).isFalse();
    }

    @Test
    void theTargetsHostGoesBeforeTheHeader() {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Host", "b.example");
        var request = request(STRANGER, "http://a.example:80/socket.io/", HttpVersion.HTTP_1_1, false, null,
                headers);
        assertThat(isOwn("http://a.example", request)).isTrue();
        headers.remove("Origin");
        assertThat(isOwn("http://b.example", request)).isFalse();
    }

    @Test
    void theAuthorityOfHttp2IsTheHost() {
        var request = request(STRANGER, "/", HttpVersion.HTTP_2, true, HostAndPort.create("a.example", 443),
                MultiMap.caseInsensitiveMultiMap());
        assertThat(isOwn("https://a.example", request)).isTrue();
    }

    private boolean isOwn(String origin, String peer, String... headers) {
        var all = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return isOwn(origin, request(peer, "/", HttpVersion.HTTP_1_1, false, null, all));
    }

    private boolean isOwn(String origin, HttpServerRequest request) {
        request.headers().add("Origin", origin);
        return origins.decide(request).allowed();
    }

    private static HttpServerRequest request(String peer, String uri, HttpVersion version, boolean ssl,
            @Nullable HostAndPort authority, MultiMap headers) {
        return (HttpServerRequest) Proxy.newProxyInstance(OwnOriginTest.class.getClassLoader(),
                new Class<?>[]{HttpServerRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "remoteAddress" -> SocketAddress.inetSocketAddress(1234, peer);
                    case "uri" -> uri;
                    case "version" -> version;
                    case "isSSL" -> ssl;
                    case "authority" -> authority;
                    case "headers" -> headers;
                    case "getHeader" -> headers.get((String) arguments[0]);
                    default -> throw new IllegalStateException(called.getName());
                });
    }
}
