package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser's client, in its files and codings. */
class ClientScriptIT {
    private static final String NAME = "socket.io.min.js";
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"socket.io.js,application/javascript; charset=utf-8",
            "socket.io.min.js,application/javascript; charset=utf-8",
            "socket.io.esm.min.js,application/javascript; charset=utf-8",
            "socket.io.msgpack.min.js,application/javascript; charset=utf-8",
            "socket.io.js.map,application/json; charset=utf-8",
            "socket.io.min.js.map,application/json; charset=utf-8",
            "socket.io.esm.min.js.map,application/json; charset=utf-8",
            "socket.io.msgpack.min.js.map,application/json; charset=utf-8"})
    void servesTheClientScript(String name, String type) throws Exception {
        var answer = peer.getBytes(name);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(type);
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).hasSizeGreaterThan(10_000);
        // Once more, from what was kept of the first time, and compressed.
        assertThat(peer.getBytes(name).body()).isEqualTo(answer.body());
        var zipped = peer.getBytes(name, "Accept-Encoding", "deflate, gzip, br");
        assertThat(zipped.headers().firstValue("content-type")).contains(type);
        assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(zipped.body()).hasSizeLessThan(answer.body().length / 2);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(answer.body());
        }
    }

    @Test
    void tellsWhenTheBrowserHasItAlready() throws Exception {
        var plain = peer.send("GET", NAME, "");
        var zipped = peer.getBytes(NAME, "Accept-Encoding", "gzip");
        assertThat(plain.headers().allValues("vary")).contains("Accept-Encoding");
        assertThat(zipped.headers().allValues("vary")).contains("Accept-Encoding");
        String etag = plain.headers().firstValue("etag").orElseThrow();
        String other = zipped.headers().firstValue("etag").orElseThrow();
        assertThat(other).isNotEqualTo(etag).matches("\"[0-9a-f]{24}-gzip\"");
        for (String tag : new String[]{etag, other, "W/" + other, "\"x\", " + etag}) {
            var answer = peer.getBytes(NAME, "Accept-Encoding", "gzip", "If-None-Match", tag);
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.headers().firstValue("etag")).contains(other);
            assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        }
        assertThat(peer.send("GET", NAME, "", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "deflate", "gzip;q=0"})
    void doesNotCompressUnlessTheClientAcceptsGzip(String accept) throws Exception {
        var answer = peer.getBytes(NAME, "Accept-Encoding", accept);
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).startsWith("/*!".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void compressesNothingWhereThatIsOff() throws Exception {
        stop();
        server = TestServer.start(ServerOptions.defaults(),
                HttpOptions.builder().noHttpCompression().build());
        peer = new Peer(server);
        assertThat(peer.getBytes(NAME, "Accept-Encoding", "gzip").headers().firstValue("content-encoding"))
                .isEmpty();
    }

    @Test
    void servesNothingWhereItIsOff() throws Exception {
        stop();
        server = TestServer.start(ServerOptions.builder().serveClient(false).build());
        peer = new Peer(server);
        assertThat(peer.getBytes(NAME).statusCode()).isEqualTo(404);
        assertThat(peer.handshake()).isNotEmpty();
    }

    @Test
    void tellsTheLengthOfWhatItWouldSend() throws Exception {
        for (String accept : new String[]{"identity", "gzip"}) {
            var whole = peer.getBytes(NAME, "Accept-Encoding", accept);
            var head = peer.send("HEAD", NAME, "", "Accept-Encoding", accept);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("content-length"))
                    .contains(Integer.toString(whole.body().length));
            assertThat(head.headers().firstValue("content-encoding"))
                    .isEqualTo(whole.headers().firstValue("content-encoding"));
        }
    }

    @Test
    void servesNothingElse() throws Exception {
        assertThat(peer.send("GET", "../secret", "").statusCode()).isEqualTo(404);
        assertThat(peer.send("GET", "engine.js", "").statusCode()).isEqualTo(404);
    }
}
