package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.parley.app.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests logins that others have checked: with keys at a URL, which change, and by a proxy. */
class ProviderLoginIT {

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void newKeyOfTheIssuerIsFetched() throws Exception {
        ECKey first = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        ECKey second = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
        var published = new AtomicReference<>(first);
        var fetched = new AtomicInteger();
        var issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            fetched.incrementAndGet();
            byte[] set = new JWKSet(Objects.requireNonNull(published.get()).toPublicJWK()).toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        issuer.start();
        try (var parley = TestServer.start(Map.of("auth", "jwt", "jwt-jwks-url",
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"))) {
            assertThat(data(parley, "Authorization", "Bearer " + token(first))).isEqualTo(200);
            assertThat(data(parley, "Authorization", "Bearer " + token(first))).isEqualTo(200);
            assertThat(fetched).as("kept").hasValue(1);
            assertThat(data(parley, "Authorization", "Bearer x")).isEqualTo(401);

            published.set(second);
            assertThat(joins(parley, "{\"token\":\"" + token(second) + "\"}")).startsWith("40{\"sid\"");
            assertThat(fetched).hasValue(2);
            assertThat(joins(parley, "{\"token\":\"" + token(first) + "\"}")).startsWith("44{");
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void userOfTheProxyIsBelievedFromTheProxyOnly() throws Exception {
        var settings = Map.of("auth", "proxy", "trusted-proxies", "loopback");
        try (var behind = TestServer.start(settings)) {
            assertThat(data(behind, "X-Forwarded-User", "anna")).isEqualTo(200);
            assertThat(data(behind, "X-Other", "anna")).isEqualTo(401);
            assertThat(page(behind, "X-Forwarded-User", "anna")).isEqualTo(200);
            assertThat(page(behind, "X-Other", "anna")).isEqualTo(401);
            assertThat(joins(behind, "", "X-Forwarded-User", "anna")).startsWith("40{\"sid\"");
            assertThat(joins(behind, "", "X-Other", "anna")).startsWith("44{")
                    .contains("\"reason\":\"accessMissing\"");
        }
        try (var elsewhere = TestServer.start(Map.of("auth", "proxy", "trusted-proxies", "192.0.2.1"))) {
            assertThat(data(elsewhere, "X-Forwarded-User", "anna")).isEqualTo(401);
            assertThat(page(elsewhere, "X-Forwarded-User", "anna")).isEqualTo(401);
            assertThat(joins(elsewhere, "", "X-Forwarded-User", "anna")).startsWith("44{");
        }
    }

    private static String token(ECKey key) throws Exception {
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder().subject("anna")
                        .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                        .build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private int data(TestServer parley, String header, String value) throws Exception {
        return status(parley, "/api/tools", header, value);
    }

    private int page(TestServer parley, String header, String value) throws Exception {
        return status(parley, "/", header, value);
    }

    private int status(TestServer parley, String path, String header, String value) throws Exception {
        return http
                .send(HttpRequest.newBuilder(parley.uri(path)).header(header, value).build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private String joins(TestServer parley, String auth) throws Exception {
        return joins(parley, auth, "X-None", "none");
    }

    /** Returns the packet with which the server responds to a client that joins over polling. */
    private String joins(TestServer parley, String auth, String header, String value) throws Exception {
        var sid = SID.matcher(
                http.send(HttpRequest.newBuilder(parley.uri(HANDSHAKE)).header(header, value).build(),
                        BodyHandlers.ofString()).body());
        assertThat(sid.find()).isTrue();
        var session = parley.uri(HANDSHAKE + "&sid=" + sid.group(1));
        http.send(HttpRequest.newBuilder(session).POST(BodyPublishers.ofString("40" + auth)).build(),
                BodyHandlers.ofString());
        return http.send(HttpRequest.newBuilder(session).build(), BodyHandlers.ofString()).body();
    }
}
