package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.ServerOptions;
import dev.parley.testing.RedisServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers authenticate each other with TLS. Needs the programs redis-server and keytool. */
@Tag("real-time")
class NodeTlsIT {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path folder;

    @Test
    void requestsBetweenServersUseTls() throws Exception {
        var tls = certificate();
        var redis = new RedisServer();
        var options = ParleyNode.options()
                .secrets("a secret of the tests, which is long enough")
                .nodeAddress("127.0.0.1:0")
                .nodeListener("127.0.0.1:0")
                .nodeTls(tls)
                .build();
        try (var owner = new ParleyNode(redis.url(), options, "owner", ServerOptions.defaults());
                var other = new ParleyNode(redis.url(), options, "other", ServerOptions.defaults());
                var http = HttpClient.newHttpClient()) {
            String body = send(http, owner.url().resolve("/socket.io/?EIO=4&transport=polling"));
            String sid = body.substring(9, body.indexOf('"', 9));
            var posted = http.send(HttpRequest
                    .newBuilder(other.url().resolve("/socket.io/?EIO=4&transport=polling&sid=" + sid))
                    .POST(HttpRequest.BodyPublishers.ofString("40"))
                    .build(), HttpResponse.BodyHandlers.ofString());
            assertThat(posted.body()).isEqualTo("ok");
            assertThat(send(http, other.url().resolve("/socket.io/?EIO=4&transport=polling&sid=" + sid)))
                    .startsWith("40{");
            String listener = owner.cluster.membership().self().address().orElseThrow().toString();
            assertThatThrownBy(() -> send(http, URI.create("http://" + listener + "/")))
                    .isInstanceOf(IOException.class);
        } finally {
            redis.stop();
        }
    }

    private static String send(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Makes a certificate that is its own authority. */
    private ClusterOptions.NodeTls certificate() throws Exception {
        Path store = folder.resolve("store.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "EC", "-groupname", "secp256r1", "-alias", "node", "-dname", "CN=node",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                new String(PASSWORD)).redirectErrorStream(true).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD);
        Path certificate = pem("certificate", "CERTIFICATE", keys.getCertificate("node").getEncoded());
        Path key = pem("key", "PRIVATE KEY", keys.getKey("node", PASSWORD).getEncoded());
        return new ClusterOptions.NodeTls(certificate, key, certificate);
    }

    private Path pem(String name, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return Files.writeString(folder.resolve(name + ".pem"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
