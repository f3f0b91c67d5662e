package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.Handshake;
import dev.parley.server.ServerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Polling over HTTP/2, here without TLS. */
class Http2IT {
    private static final String FRIEND = "https://friend.example";
    private final TestServer server = TestServer.start(
            ServerOptions.builder().allowedOrigins(Set.of(FRIEND)).build(),
            HttpOptions.builder().use((request, next) -> next.run()).build());
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    private record Answer(int status, String body, String allowed) {}

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void theAuthorityIsTheHostOfOurPages() throws Exception {
        var seen = new CompletableFuture<Handshake>();
        server.io.onConnection(socket -> seen.complete(socket.handshake()));
        var handshake = send(HttpMethod.GET, "", "", Map.of("Cookie", "a=1"));
        String sid = handshake.body().substring(9, 35);
        assertThat(send(HttpMethod.POST, "&sid=" + sid, "40", Map.of("Origin", server.url())).body())
                .isEqualTo("ok");
        assertThat(send(HttpMethod.GET, "&sid=" + sid, "", Map.of()).body()).startsWith("40{");
        assertThat(seen.get(60, TimeUnit.SECONDS).header("host")).contains("127.0.0.1:" + server.port());
        assertThat(send(HttpMethod.POST, "&sid=" + sid, "41", Map.of("Origin", "http://x.example")).status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"5000, 1, 200", "17000, 1, 414", "1, 9000, 200", "1, 31000, 200", "1, 34000, 431",
            "1, 60000, 431"})
    void longHeadsAreTakenUpToTheLimits(int query, int cookie, int status) throws Exception {
        var answer = send(HttpMethod.GET, "&q=" + "x".repeat(query), "",
                Map.of("Origin", FRIEND, "Cookie", "x".repeat(cookie)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.allowed()).isEqualTo(FRIEND);
    }

    @Test
    void anotherHostBesideTheAuthorityIsRefused() {
        assertThatThrownBy(() -> send(HttpMethod.GET, "", "", Map.of("Host", "x.example")))
                .hasRootCauseInstanceOf(StreamResetException.class);
    }

    private Answer send(HttpMethod method, String query, String body, Map<String, String> headers)
            throws Exception {
        var options = new RequestOptions().setMethod(method)
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI("/socket.io/?EIO=4&transport=polling" + query);
        headers.forEach(options::addHeader);
        // The body is asked for in the event that brings the response; later it may have passed already.
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body))
                        .compose(answer -> answer.body()
                                .map(read -> new Answer(answer.statusCode(), read.toString(),
                                        String.valueOf(answer.getHeader("Access-Control-Allow-Origin"))))))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }
}
