package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Grant;
import dev.parley.calls.visitor.Visitor;
import dev.parley.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests access tokens, and the tokens for one conversation. */
class SessionTokensTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Grant GRANT = new Grant(Optional.of("tutor"), Optional.empty(),
            Optional.of(List.of("time")));

    private Instant now = START;
    private final VisitorAuth auth = auth(SECRET);

    @Test
    void tokenCarriesWhatTheBackendRequested() throws Exception {
        Identity identity = identify(token("anna", Duration.ofMinutes(10)));

        assertThat(identity.visitor()).isEqualTo(new Visitor("anna", "192.0.2.1", Visitor.How.SESSION));
        assertThat(identity.grant()).contains(GRANT);
        assertThat(identity.until()).contains(START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void unusedTokenExpiresAfterFiveMinutes() throws Exception {
        String token = token("", Duration.ofHours(1));
        now = START.plus(Duration.ofMinutes(5)).minusMillis(1);
        identify(token);

        now = START.plus(Duration.ofMinutes(5));
        denied(token, Reason.EXPIRED);
    }

    @Test
    void usedTokenIsValidForTheLengthOfItsConversation() throws Exception {
        String token = token("", Duration.ofMinutes(20));
        now = START.plus(Duration.ofMinutes(4));
        var unused = identify(token).admitted().get();

        now = START.plus(Duration.ofMinutes(24)).minusMillis(1);
        assertThat(identify(token).until()).contains(START.plus(Duration.ofMinutes(24)));
        now = START.plus(Duration.ofMinutes(24));
        denied(token, Reason.EXPIRED);
    }

    @Test
    void tokenBeginsOneConversationOnly() throws Exception {
        String token = token("", Duration.ofHours(1));
        var first = identify(token).admitted().get();
        var second = identify(token).admitted().get();

        assertThat(second.begin()).isTrue();
        assertThat(first.begin()).isFalse();
        assertThat(identify(token).admitted().get().begin()).isFalse();
        assertThat(identify(token("", Duration.ofHours(1))).admitted().get().begin()).isTrue();
    }

    @Test
    void forgedTokenIsDenied() throws Exception {
        String token = token("anna", Duration.ofHours(1));
        denied(token + "A", Reason.INVALID);
        denied("ps_" + token, Reason.INVALID);
        denied("ps_", Reason.INVALID);
        denied(auth("another secret of at least 32 bytes").sessions()
                .orElseThrow()
                .issue(new SessionTokens.Request("anna", Duration.ofHours(1), GRANT))
                .token(), Reason.INVALID);
    }

    @Test
    void tooLongRequestIsRefused() {
        var tools = IntStream.range(0, 50).mapToObj(i -> "x".repeat(100) + i).toList();

        assertThatThrownBy(() -> auth.sessions()
                .orElseThrow()
                .issue(new SessionTokens.Request("", Duration.ofHours(1),
                        new Grant(Optional.empty(), Optional.empty(), Optional.of(tools)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void accessTokenNamesItsUser() throws Exception {
        Identity anna = identify("a-token-that-is-Anna's");

        assertThat(anna.visitor()).isEqualTo(new Visitor("anna", "192.0.2.1", Visitor.How.TOKEN));
        assertThat(anna.until()).isEmpty();
        assertThat(anna.grant()).isEmpty();
        assertThat(anna.admitted().get().begin()).isTrue();
        denied("a-token-that-is-nobody's", Reason.INVALID);
        assertThatThrownBy(() -> auth
                .identify(new Credentials("192.0.2.1", Optional.empty(), Optional.empty(), Optional.empty())))
                .isInstanceOfSatisfying(AccessDeniedException.class,
                        denied -> assertThat(denied.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void keysAreComparedAsAWhole() {
        assertThat(auth.isApiKey("a-key-of-the-backend")).isTrue();
        assertThat(auth.isApiKey("a-key-of-the-backen")).isFalse();
        assertThat(auth.isApiKey("")).isFalse();
        assertThat(auth.isPassword("")).isFalse();
    }

    private String token(String user, Duration length) {
        return auth.sessions().orElseThrow().issue(new SessionTokens.Request(user, length, GRANT)).token();
    }

    private Identity identify(String token) throws AccessDeniedException {
        return auth.identify(
                new Credentials("192.0.2.1", Optional.empty(), Optional.empty(), Optional.of(token)));
    }

    private void denied(String token, Reason reason) {
        assertThatThrownBy(() -> identify(token)).isInstanceOfSatisfying(AccessDeniedException.class,
                denied -> assertThat(denied.reason()).isEqualTo(reason));
    }

    private VisitorAuth auth(String secret) {
        return VisitorAuth.of(
                Settings.read(Map.of("auth", "token", "access-tokens", "anna=a-token-that-is-Anna's",
                        "api-keys", "a-key-of-the-backend", "auth-secret", secret), Map.of()).access(),
                Path.of("unused"), Optional.empty(), () -> now);
    }
}
