package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Handshake;
import dev.parley.server.ServerOptions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The head of a request as it is on the wire: host, lists in several lines, sizes, and what asks for a body. */
class RequestHeadIT {
    private static final String FRIEND = "https://friend.example";
    private static final String HANDSHAKE = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n";
    private static final String UPGRADE = String.join("\r\n",
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", "Host: a", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "");
    private final TestServer server = TestServer.start(
            ServerOptions.builder().allowedOrigins(Set.of(FRIEND)).build(),
            HttpOptions.builder().perMessageDeflate(10).build());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a b\r\n",
            "Host: a:x\r\n", "Host: a/b\r\n", "Host: a@b\r\n", "Host: a\r\nHost:\r\n", "Host: a\r\n: b\r\n"})
    void withoutOneValidHostIsRefused(String headers) throws Exception {
        assertThat(ask(HANDSHAKE + headers + "\r\n").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0, '', 200", "HTTP/1.0, 'Host: a\r\n', 200",
            "HTTP/1.0, 'Host: a\r\nHost: a\r\n', 400", "HTTP/1.1, 'Host: a\r\n', 200",
            "HTTP/1.1, 'Host:\r\n', 200", "HTTP/1.1, 'host: A.EXAMPLE:3000\r\n', 200",
            "HTTP/1.1, 'Host: [::1]:3000\r\n', 200"})
    void oneHostIsNeededFromHttp11On(String version, String headers, int status) throws Exception {
        assertThat(ask("GET /socket.io/?EIO=4&transport=polling " + version + "\r\n" + headers + "\r\n")
                .status()).isEqualTo(status);
        assertThat(ask("GET /socket.io/socket.io.js " + version + "\r\n" + headers + "\r\n").status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"http://a.example, 200", "http://a b, 400", "http://a@b, 400"})
    void aTargetsHostHasToBeOne(String target, int status) throws Exception {
        assertThat(ask("GET " + target + "/socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: b\r\n\r\n")
                .status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
            "Connection: Upgrade\r\nConnection: keep-alive\r\nUpgrade: websocket\r\n",
            "Connection: keep-alive ,\tupgrade\r\nUpgrade: h2x, WebSocket\r\n",
            "Connection: upgrade\r\nUpgrade: h2x\r\nUpgrade: websocket\r\n"})
    void listsInSeveralLinesUpgrade(String headers) throws Exception {
        assertThat(ask(UPGRADE + headers + "\r\n").status()).isEqualTo(101);
    }

    @Test
    void noListThatNamesUpgradeIsRefused() throws Exception {
        assertThat(ask(UPGRADE + "Connection: no-upgrade\r\nUpgrade: websocket\r\n\r\n").status())
                .isEqualTo(400);
    }

    @Test
    void extensionsInSeveralLinesAreOneList() throws Exception {
        var answer = ask(UPGRADE + RawHttp.head("Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Extensions: x-other; a=\"1,2\"",
                "Sec-WebSocket-Extensions: permessage-deflate"));
        assertThat(answer.header("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
    }

    @Test
    void codingsInSeveralLinesAreOneList() throws Exception {
        var answer = ask(RawHttp.head("GET /socket.io/socket.io.js HTTP/1.1", "Host: a",
                "Accept-Encoding: br", "Accept-Encoding: gzip"));
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    }

    @ParameterizedTest
    @CsvSource({"5000, 200", "16000, 200", "16400, 414", "31000, 414"})
    void aLongQueryIsTakenUpToTheLimit(int length, int status) throws Exception {
        var answer = ask("GET /socket.io/?EIO=4&transport=polling&token=" + "x".repeat(length)
                + " HTTP/1.1\r\nHost: a\r\nOrigin: " + FRIEND + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    }

    @ParameterizedTest
    @CsvSource({"9000, 1, 200", "31000, 1, 200", "8000, 4, 200", "34000, 1, 431", "60000, 1, 431",
            "1000, 60, 431", "1, 600, 431"})
    void manyHeadersAreTakenUpToTheLimit(int length, int lines, int status) throws Exception {
        var answer = ask(HANDSHAKE + "Host: a\r\nOrigin: " + FRIEND + "\r\n"
                + ("Cookie: " + "x".repeat(length) + "\r\n").repeat(lines) + "\r\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    }

    @Test
    void farAboveTheLimitsIsRefusedToo() throws Exception {
        assertThat(ask("GET /socket.io/?" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n").status())
                .isEqualTo(414);
        assertThat(ask(HANDSHAKE + "Host: a\r\nCookie: " + "x".repeat(80_000) + "\r\n\r\n").status())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "identity, chunked"})
    void transferCodingsOtherThanChunkedAreRefused(String codings) throws Exception {
        var answer = ask("POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: a\r\n"
                + "Transfer-Encoding: " + codings + "\r\n\r\n0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(501);
    }

    @Test
    void repeatedHeadersReachTheHandshakeAsLists() throws Exception {
        var seen = new CompletableFuture<Handshake>();
        server.io.onConnection(socket -> seen.complete(socket.handshake()));
        try (var raw = new RawHttp(server.port())) {
            raw.send(RawHttp.head("GET /socket.io/?EIO=4&transport=polling&token=a;b&p=50%&q=x+y HTTP/1.1",
                    "Host: A.example", "Cookie: a=1", "Cookie: b=2", "X-List: 1", "x-list: 2",
                    "User-Agent: one", "User-Agent: two"));
            String sid = raw.response().body().substring(9, 35);
            raw.send("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                    + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n40");
            assertThat(raw.response().body()).isEqualTo("ok");
        }
        var handshake = seen.get(60, TimeUnit.SECONDS);
        assertThat(handshake.headers()).containsEntry("cookie", "a=1; b=2")
                .containsEntry("x-list", "1, 2")
                .containsEntry("user-agent", "one")
                .containsEntry("host", "A.example");
        assertThat(handshake.query()).containsEntry("token", "a;b")
                .containsEntry("p", "50%")
                .containsEntry("q", "x y");
    }

    private RawHttp.Response ask(String request) throws Exception {
        try (var raw = new RawHttp(server.port())) {
            return raw.send(request).response();
        }
    }
}
