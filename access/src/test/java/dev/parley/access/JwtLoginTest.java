package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Visitor;
import dev.parley.settings.Settings;
import dev.parley.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests logins with JSON Web Tokens, and by a proxy. */
class JwtLoginTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private Instant now = START;

    @Test
    void subjectIsTheUserUntilTheTokenExpires() throws Exception {
        var auth = bySecret();
        String token = token(claims().build());

        Identity identity = identify(auth, token);
        assertThat(identity.visitor()).isEqualTo(new Visitor("anna", "192.0.2.1", Visitor.How.JWT));
        assertThat(identity.until()).contains(START.plus(Duration.ofMinutes(11)));

        now = START.plus(Duration.ofMinutes(10)).plusSeconds(59);
        identify(auth, token);
        now = START.plus(Duration.ofMinutes(11)).plusSeconds(1);
        denied(auth, token, Reason.EXPIRED);
    }

    @Test
    void issuerAudienceAndTimesAreChecked() throws Exception {
        var auth = auth("jwt-secret", SECRET, "jwt-issuer", "https://id.example", "jwt-audience", "parley");

        identify(auth, token(claims().build()));
        denied(auth, token(claims().issuer("https://evil.example").build()), Reason.INVALID);
        denied(auth, token(claims().issuer(null).build()), Reason.INVALID);
        denied(auth, token(claims().audience("other").build()), Reason.INVALID);
        denied(auth, token(claims().audience((String) null).build()), Reason.INVALID);
        denied(auth, token(claims().subject(null).build()), Reason.INVALID);
        denied(auth, token(claims().subject("x".repeat(201)).build()), Reason.INVALID);
        denied(auth, token(claims().expirationTime(null).build()), Reason.INVALID);
        denied(auth, token(claims().notBeforeTime(Date.from(START.plusSeconds(120))).build()),
                Reason.INVALID);
        identify(auth, token(claims().notBeforeTime(Date.from(START.plusSeconds(30))).build()));
    }

    @Test
    void onlyTheConfiguredKeyAndItsAlgorithmsCount() throws Exception {
        RSAKey key = new RSAKeyGenerator(2_048).generate();
        RSAKey another = new RSAKeyGenerator(2_048).generate();
        String pem = pem(key.toRSAPublicKey());
        var auth = auth("jwt-key-file", file(pem));

        identify(auth, signed(JWSAlgorithm.RS256, new RSASSASigner(key)));
        identify(auth, signed(JWSAlgorithm.PS512, new RSASSASigner(key)));
        denied(auth, signed(JWSAlgorithm.RS256, new RSASSASigner(another)), Reason.INVALID);
        denied(auth, token(claims().build()), Reason.INVALID);
        denied(auth, signed(JWSAlgorithm.HS256, new MACSigner(pem.getBytes(StandardCharsets.UTF_8))),
                Reason.INVALID);
        denied(auth, new PlainJWT(claims().build()).serialize(), Reason.INVALID);
        denied(bySecret(), new PlainJWT(claims().build()).serialize(), Reason.INVALID);
        denied(bySecret(), signed(JWSAlgorithm.RS256, new RSASSASigner(key)), Reason.INVALID);
    }

    @Test
    void ellipticCurvesAreAccepted() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();

        identify(auth("jwt-key-file", file(pem(key.toECPublicKey()))),
                signed(JWSAlgorithm.ES256, new ECDSASigner(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "e30.e30.e30"})
    void malformedTokenIsDenied(String token) {
        denied(bySecret(), token.isEmpty() ? " " : token, Reason.INVALID);
    }

    @Test
    void deeplyNestedTokenIsDenied() throws Exception {
        String body = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        denied(bySecret(),
                "eyJhbGciOiJIUzI1NiJ9."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(body.substring(0, 5_000).getBytes(StandardCharsets.UTF_8))
                        + ".AAAA",
                Reason.INVALID);
    }

    @Test
    void invalidKeysAreRefusedAtTheStart() throws Exception {
        RSAKey key = new RSAKeyGenerator(2_048).generate();
        for (String pem : new String[]{"not a key", "",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}) {
            assertThatThrownBy(() -> auth("jwt-key-file", file(pem))).isInstanceOf(SettingsException.class)
                    .hasMessageContaining("jwt-key-file");
        }
        assertThatThrownBy(() -> auth("jwt-secret", "short")).hasMessageContaining("jwt-secret")
                .hasMessageNotContaining("short");
        assertThatThrownBy(() -> auth()).hasMessageStartingWith("auth is jwt: set exactly one of");
        assertThatThrownBy(() -> auth("jwt-secret", SECRET, "jwt-key-file", file(pem(key.toRSAPublicKey()))))
                .hasMessageStartingWith("auth is jwt: set exactly one of");
        assertThatThrownBy(() -> auth("jwt-jwks-url", "http://id.example/keys"))
                .hasMessageContaining("not fetched over https");
    }

    @Test
    void proxyNamesTheUser() throws Exception {
        var auth = VisitorAuth
                .of(Settings
                        .read(Map.of("auth", "proxy", "trusted-proxies", "loopback", "user-header", "X-User"),
                                Map.of())
                        .access(), folder, Optional.empty(), () -> now);

        var headers = new HashMap<>(Map.of("x-user", "anna@site.example"));
        var given = auth.credentials(name -> Optional.ofNullable(headers.get(name)), "192.0.2.1");
        assertThat(auth.identify(given).visitor())
                .isEqualTo(new Visitor("anna@site.example", "192.0.2.1", Visitor.How.PROXY));
        for (String user : new String[]{"evil, anna", " ", "x".repeat(201)}) {
            headers.put("x-user", user);
            var wrong = auth.credentials(name -> Optional.ofNullable(headers.get(name)), "192.0.2.1");
            assertThatThrownBy(() -> auth.identify(wrong)).isInstanceOf(AccessDeniedException.class);
        }
        headers.clear();
        var none = auth.credentials(name -> Optional.ofNullable(headers.get(name)), "192.0.2.1");
        assertThatThrownBy(() -> auth.identify(none)).isInstanceOfSatisfying(AccessDeniedException.class,
                denied -> assertThat(denied.reason()).isEqualTo(Reason.MISSING));
        assertThatThrownBy(() -> Settings.read(Map.of("auth", "proxy"), Map.of()))
                .hasMessageStartingWith("auth is proxy, but no trusted-proxies are set");
    }

    private VisitorAuth bySecret() {
        return auth("jwt-secret", SECRET);
    }

    private VisitorAuth auth(String... pairs) {
        var settings = new HashMap<>(Map.of("auth", "jwt"));
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return VisitorAuth.of(Settings.read(settings, Map.of()).access(), folder, Optional.empty(),
                () -> now);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().subject("anna")
                .issuer("https://id.example")
                .audience("parley")
                .expirationTime(Date.from(START.plus(Duration.ofMinutes(10))));
    }

    private static String token(JWTClaimsSet claims) throws Exception {
        return signed(JWSAlgorithm.HS256, new MACSigner(SECRET), claims);
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer) throws Exception {
        return signed(algorithm, signer, claims().build());
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
            throws Exception {
        var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String pem(Key key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ".pem"), text).toString();
    }

    private static Identity identify(VisitorAuth auth, String token) throws AccessDeniedException {
        return auth.identify(
                new Credentials("192.0.2.1", Optional.empty(), Optional.empty(), Optional.of(token)));
    }

    private static void denied(VisitorAuth auth, String token, Reason reason) {
        assertThatThrownBy(() -> identify(auth, token)).isInstanceOfSatisfying(AccessDeniedException.class,
                denied -> assertThat(denied.reason()).isEqualTo(reason));
    }
}
