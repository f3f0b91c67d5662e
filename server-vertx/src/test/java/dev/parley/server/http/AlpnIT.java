package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polling over HTTP/2 as browsers negotiate it: with TLS and ALPN. */
class AlpnIT {
    private static final String PASSWORD = "only for this test";

    @TempDir
    Path folder;
    private final Vertx vertx = Vertx.vertx();

    private record Response(HttpVersion version, int status, String body) {}

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void pagesOwnOriginMayPostOverHttp2() throws Exception {
        var io = SocketIoServer.create(ServerOptions.defaults());
        var host = new CompletableFuture<Optional<String>>();
        io.of("/").onConnection(socket -> host.complete(socket.handshake().header("host")));
        var listening = await(vertx
                .createHttpServer(SocketIoHttp.serverOptions(HttpOptions.defaults())
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setSslHandshakeTimeout(60)
                        .setKeyCertOptions(new PfxOptions().setPath(keyStore()).setPassword(PASSWORD)))
                .requestHandler(SocketIoHttp.handler(io, HttpOptions.defaults()))
                .listen(0, "127.0.0.1"));
        String own = "https://127.0.0.1:" + listening.actualPort();
        var opened = send(listening.actualPort(), HttpMethod.GET, "", "", own);
        assertThat(opened.version()).isEqualTo(HttpVersion.HTTP_2);
        String sid = opened.body().substring(9, 35);
        assertThat(send(listening.actualPort(), HttpMethod.POST, "&sid=" + sid, "40", own).body())
                .isEqualTo("ok");
        assertThat(host.get(60, TimeUnit.SECONDS)).contains("127.0.0.1:" + listening.actualPort());
        assertThat(send(listening.actualPort(), HttpMethod.POST, "&sid=" + sid, "41", "https://x.example")
                .status()).isEqualTo(403);
        io.close();
    }

    private Response send(int port, HttpMethod method, String query, String body, String origin) {
        var client = vertx.createHttpClient(new HttpClientOptions().setSsl(true)
                .setUseAlpn(true)
                .setSslHandshakeTimeout(60)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustAll(true)
                .setVerifyHost(false));
        var options = new RequestOptions().setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/socket.io/?EIO=4&transport=polling" + query)
                .addHeader("Origin", origin);
        // The body is asked for in the event that brings the response; later it may have passed already.
        return await(client.request(options)
                .compose(request -> request.send(Buffer.buffer(body))
                        .compose(response -> response.body()
                                .map(read -> new Response(response.version(), response.statusCode(),
                                        read.toString())))));
    }

    private String keyStore() throws Exception {
        String file = folder.resolve("key.p12").toString();
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "2", "-storetype",
                "PKCS12", "-keystore", file, "-storepass", PASSWORD).inheritIO().start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
