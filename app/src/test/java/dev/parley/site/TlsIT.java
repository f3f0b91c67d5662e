package dev.parley.site;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.app.TestServer;
import dev.parley.site.tls.PemCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests TLS by PEM files: HTTP/2 for the page, WebSocket, secure cookies, and a certificate that is replaced. */
class TlsIT {

    private static final String PASSWORD = "only for this test";

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void create() throws Exception {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        write("EC");
    }

    @Test
    void pageComesOverHttp2AndSocketsOverWebSocket() throws Exception {
        try (var parley = start(); var http = trusting()) {
            HttpResponse<String> page = http.send(HttpRequest.newBuilder(uri(parley, "https", "/")).build(),
                    BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.version()).isEqualTo(Version.HTTP_2);
            assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");

            var first = new CompletableFuture<String>();
            var socket = http.newWebSocketBuilder()
                    .buildAsync(uri(parley, "wss", "/socket.io/?EIO=4&transport=websocket"),
                            new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket from, CharSequence text,
                                        boolean last) {
                                    first.complete(text.toString());
                                    return WebSocket.Listener.super.onText(from, text, last);
                                }
                            })
                    .get(60, TimeUnit.SECONDS);
            assertThat(first.get(60, TimeUnit.SECONDS)).startsWith("0{\"sid\"");
            socket.abort();
        }
    }

    @Test
    void replacedFilesAreUsedByLaterHandshakes() throws Exception {
        var manager = PemCertificate.open(certificate, key);
        String alias = requireNonNull(manager.chooseEngineServerAlias("EC", null, null));
        var former = first(manager, alias);
        manager.reload();
        assertThat(manager.chooseEngineServerAlias("EC", null, null)).as("unchanged").isEqualTo(alias);

        write("RSA");
        manager.reload();

        assertThat(manager.chooseEngineServerAlias("EC", null, null)).isNull();
        String newer = requireNonNull(manager.chooseEngineServerAlias("RSA", null, null));
        assertThat(first(manager, newer)).isNotEqualTo(former);
        assertThat(requireNonNull(manager.getPrivateKey(newer)).getAlgorithm()).isEqualTo("RSA");
        assertThat(first(manager, alias)).as("a handshake in between").isEqualTo(former);

        Files.writeString(key, "half of a file");
        manager.reload();
        assertThat(manager.chooseEngineServerAlias("RSA", null, null)).as("kept").isEqualTo(newer);
    }

    @Test
    void unusableFilesAreNamed() throws Exception {
        assertThatThrownBy(() -> PemCertificate.open(folder.resolve("none.pem"), key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
        assertThatThrownBy(() -> PemCertificate.open(key, key)).isInstanceOf(IOException.class);
        String former = Files.readString(key);
        write("EC");
        Files.writeString(key, former);
        assertThatThrownBy(() -> PemCertificate.open(certificate, key))
                .hasMessage(key + " is not the key of the certificate");
        Files.writeString(key, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemCertificate.open(certificate, key)).hasMessageContaining("openssl pkcs8");
    }

    private static X509Certificate first(PemCertificate manager, String alias) {
        return requireNonNull(manager.getCertificateChain(alias))[0];
    }

    private TestServer start() {
        return TestServer.start(Map.of("tls-cert", certificate.toString(), "tls-key", key.toString()));
    }

    private static URI uri(TestServer parley, String scheme, String path) {
        return URI.create(scheme + "://localhost:" + parley.port() + path);
    }

    private HttpClient trusting() throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("parley", CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /** Writes another certificate and its key. */
    private void write(String algorithm) throws Exception {
        Path file = Files.createTempDirectory(folder, "keys").resolve("key.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", "test", "-keyalg", algorithm, "-dname", "CN=localhost", "-ext", "san=dns:localhost",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                PASSWORD).inheritIO().start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        Files.writeString(certificate,
                pem("CERTIFICATE", ((X509Certificate) store.getCertificate("test")).getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", store.getKey("test", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }
}
