package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Visitor;
import dev.parley.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests logins with the password of the page, and the cookies of visitors. */
class PasswordLoginTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

    @TempDir
    Path folder;

    private Instant now = START;

    @Test
    void loginNamesItsBrowserUntilItExpires() throws Exception {
        var auth = auth("long enough");
        String cookie = auth.cookies().orElseThrow().issue();

        Identity first = auth.identify(shows(cookie));
        assertThat(first.visitor().how()).isEqualTo(Visitor.How.PASSWORD);
        assertThat(first.visitor().user()).isNotEmpty();
        assertThat(first.visitor().address()).isEqualTo("192.0.2.1");
        assertThat(first.until()).contains(START.plus(Duration.ofDays(7)));
        assertThat(auth.identify(shows(cookie))).isEqualTo(first);
        assertThat(auth.identify(shows(auth.cookies().orElseThrow().issue())).visitor().user())
                .isNotEqualTo(first.visitor().user());

        now = START.plus(Duration.ofDays(7));
        assertThatThrownBy(() -> auth.identify(shows(cookie))).isInstanceOfSatisfying(
                AccessDeniedException.class, denied -> assertThat(denied.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void nobodyComesInWithoutALogin() {
        var auth = auth("long enough");

        for (var credentials : new Credentials[]{
                new Credentials("192.0.2.1", Optional.empty(), Optional.empty(), Optional.empty()),
                shows("x"), shows(auth.cookies().orElseThrow().issue() + "A"), shows("a.b"),
                shows(auth("another one").cookies().orElseThrow().issue()),
                shows(visits().cookies().orElseThrow().issue())}) {
            assertThatThrownBy(() -> auth.identify(credentials)).isInstanceOfSatisfying(
                    AccessDeniedException.class,
                    denied -> assertThat(denied.reason()).isEqualTo(Reason.MISSING));
        }
    }

    @Test
    void loginOutlivesARestartWithTheKeptSecret() throws Exception {
        String cookie = auth("long enough").cookies().orElseThrow().issue();

        assertThat(auth("long enough").identify(shows(cookie)).visitor().authenticated()).isTrue();
        assertThat(PosixFilePermissions
                .toString(Files.getPosixFilePermissions(folder.resolve("data/auth-secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void passwordIsComparedAsAWhole() {
        var auth = auth("long enough");

        assertThat(auth.isPassword("long enough")).isTrue();
        assertThat(auth.isPassword("long enoug")).isFalse();
        assertThat(auth.isPassword("")).isFalse();
        assertThat(visits().isPassword("")).isFalse();
    }

    @Test
    void visitsAreNamedByTheirCookieOrByNothing() throws Exception {
        var auth = visits();
        String cookie = auth.cookies().orElseThrow().issue();

        assertThat(auth.identify(shows(cookie)).visitor().user()).isNotEmpty();
        assertThat(auth.identify(shows("forged")).visitor())
                .isEqualTo(new Visitor("", "192.0.2.1", Visitor.How.ANONYMOUS));
        now = START.plus(Duration.ofDays(31));
        assertThat(auth.identify(shows(cookie)).visitor().user()).isEmpty();
    }

    @Test
    void cookieIsRenewedAfterHalfOfItsLife() {
        var cookies = auth("long enough").cookies().orElseThrow();
        var content = cookies.read(cookies.issue()).orElseThrow();

        assertThat(cookies.isOld(content)).isFalse();
        now = START.plus(Duration.ofDays(4));
        assertThat(cookies.isOld(content)).isTrue();
        var renewed = cookies.read(cookies.renew(content.id())).orElseThrow();
        assertThat(renewed.id()).isEqualTo(content.id());
        assertThat(renewed.until()).isEqualTo(now.plus(Duration.ofDays(7)));
    }

    @Test
    void credentialsAreReadFromHeaders() {
        var headers = Map.of("cookie", "a=b; parley_visitor=v.w; c=d", "authorization", "bearer  t-o-k ");
        var given = Credentials.of(name -> Optional.ofNullable(headers.get(name)), "192.0.2.1");

        assertThat(given.cookie()).contains("v.w");
        assertThat(given.token()).contains("t-o-k");
        assertThat(given.toString()).doesNotContain("v.w", "t-o-k");
        assertThat(Credentials.of(name -> Optional.of("Basic x"), "").token()).isEmpty();
    }

    private VisitorAuth auth(String password) {
        return auth(Map.of("auth", "password", "password", password));
    }

    private VisitorAuth visits() {
        return auth(Map.of());
    }

    private VisitorAuth auth(Map<String, String> settings) {
        return VisitorAuth.of(Settings.read(new HashMap<>(settings), Map.of()).access(),
                folder.resolve("data"), Optional.empty(), () -> now);
    }

    private static Credentials shows(String cookie) {
        return new Credentials("192.0.2.1", Optional.of(cookie), Optional.empty(), Optional.empty());
    }
}
