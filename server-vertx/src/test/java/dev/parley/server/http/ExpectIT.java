package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expect: 100-continue. The client sends no body until it was asked for it, so that a test which gets no word fails. */
class ExpectIT {
    private final TestServer server = TestServer
            .start(ServerOptions.builder().maxHttpBufferSize(1_000).build());
    private RawHttp raw;

    @BeforeEach
    void connect() throws IOException {
        raw = new RawHttp(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        raw.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 2,40", "Transfer-Encoding: chunked,'2\r\n40\r\n0\r\n\r\n'"})
    void awaitedBodyReceives100AtOnce(String framing, String body) throws Exception {
        post(handshake(), "Expect: 100-continue\r\n" + framing + "\r\n");
        var interim = raw.response();
        assertThat(interim.status()).isEqualTo(100);
        assertThat(interim.head()).doesNotContainIgnoringCase("connection");
        raw.send(body);
        var answer = raw.response();
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.head()).doesNotContainIgnoringCase("connection: close");
        handshake();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expect: 100-Continue", "Expect: x-other\r\nExpect: 100-continue",
            "Expect: x-other, 100-continue"})
    void theExpectationIsAListInAnyCase(String expect) throws Exception {
        post(handshake(), expect + "\r\nContent-Length: 2\r\n");
        assertThat(raw.response().status()).isEqualTo(100);
        raw.send("40");
        assertThat(raw.response().body()).isEqualTo("ok");
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAtOnce() throws Exception {
        post(handshake(), "Expect: 100-continue\r\nContent-Length: 1001\r\n");
        var answer = raw.response();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void unknownSessionReceives400BeforeTheBody() throws Exception {
        post("unknown", "Expect: 100-continue\r\nContent-Length: 2\r\n");
        var answer = raw.response();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(raw.closes()).isTrue();
    }

    @Test
    void foreignOriginReceives403BeforeTheBody() throws Exception {
        post(handshake(), "Origin: https://x.example\r\nExpect: 100-continue\r\nContent-Length: 2\r\n");
        assertThat(raw.response().status()).isEqualTo(403);
    }

    @Test
    void overlappingPostReceives400BeforeTheBody() throws Exception {
        String sid = handshake();
        try (var other = new RawHttp(server.port())) {
            other.send("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                    + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(other.response().status()).isEqualTo(100);
            post(sid, "Expect: 100-continue\r\nContent-Length: 2\r\n");
            assertThat(raw.response().status()).isEqualTo(400);
        }
    }

    @Test
    void pipelinedBodyNeedsNoConsent() throws Exception {
        String sid = handshake();
        post(sid, "Expect: 100-continue\r\nContent-Length: 0\r\n");
        assertThat(raw.response().status()).isNotEqualTo(100);
    }

    @Test
    void http10ExpectsNothing() throws Exception {
        String sid = handshake();
        raw.send("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                + " HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n40");
        assertThat(raw.response().status()).isEqualTo(200);
    }

    private String handshake() throws IOException {
        raw.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
        return raw.response().body().substring(9, 35);
    }

    private void post(String sid, String headers) throws IOException {
        raw.send("POST /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: a\r\n" + headers
                + "\r\n");
    }
}
