package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests who may come in without being asked for. */
class AccessTest {

    private static final String WAYS = "nobody has to log in: set --auth (such as --auth password with PARLEY_PASSWORD), or "
            + "--open-to-all true if everybody may come in";

    @TempDir
    Path folder;

    @Test
    void serverWithoutAuthenticationListensOnThisMachineOnly() {
        var access = settings().access();

        assertThat(access.hosts()).containsExactly("127.0.0.1", "::1");
        assertThat(access.isLocal()).isTrue();
        assertThatCode(() -> access.requireSafe(Profile.DEFAULT)).doesNotThrowAnyException();
    }

    @Test
    void serverWithAuthenticationListensOnEveryInterface() {
        assertThat(settings("auth", "password", "password", "long enough").web().hosts())
                .containsExactly("0.0.0.0");
        assertThat(settings("open-to-all", "true").web().hosts()).containsExactly("0.0.0.0");
        assertThat(settings("auth", "password", "password", "long enough", "host", "127.0.0.1").web().hosts())
                .containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "parley.local", "127.0.0.1.example"})
    void otherAddressWithoutAuthenticationIsRefusedWithBothWaysOut(String host) {
        assertThatThrownBy(() -> check("host", host)).isInstanceOf(SettingsException.class)
                .hasMessage("host " + host + " lets others than this machine connect, and " + WAYS);
        assertThatCode(() -> check("host", host, "open-to-all", "true")).doesNotThrowAnyException();
        assertThatCode(() -> check("host", host, "auth", "password", "password", "long enough"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "localhost"})
    void addressOfThisMachineIsSafe(String host) {
        assertThatCode(() -> check("host", host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEFAULT")
    void platformWithoutAuthenticationIsRefused(Profile profile) {
        assertThatThrownBy(() -> check("profile", profile.text())).hasMessage(
                "profile " + profile.text() + " puts the server where strangers reach it, and " + WAYS);
        assertThatThrownBy(() -> check("profile", profile.text(), "host", "127.0.0.1"))
                .isInstanceOf(SettingsException.class);
        assertThatCode(() -> check("profile", profile.text(), "open-to-all", "true"))
                .doesNotThrowAnyException();
    }

    @Test
    void passwordIsRequiredAndReadFromItsFile() throws IOException {
        String file = Files.writeString(folder.resolve("password"), "long enough\n").toString();

        assertThat(settings("auth", "password", "password-file", file).access().password())
                .contains("long enough");
        assertThatThrownBy(() -> settings("auth", "password")).isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("auth is password, but neither password nor password-file is set");
        assertThatThrownBy(() -> settings("password", "long enough", "password-file", file))
                .hasMessage("password and password-file are both set: choose one");
        assertThatThrownBy(() -> settings("auth", "password", "password", "short"))
                .hasMessageStartingWith("password: the value is not a text of at least 8 characters")
                .hasMessageNotContaining("short");
        assertThat(settings("auth", "password", "password", "long enough").access().toString())
                .doesNotContain("long enough");
    }

    @Test
    void clusterWithAuthenticationNeedsItsSecret() {
        String secret = "0123456789abcdef0123456789abcdef";
        var cluster = new HashMap<>(Map.of("redis-url", "redis://127.0.0.1", "cluster-secret", secret, "auth",
                "password", "password", "long enough"));

        assertThatThrownBy(() -> Settings.read(cluster, Map.of())).isInstanceOf(SettingsException.class)
                .hasMessageContaining("set auth-secret or auth-secret-file");
        cluster.put("auth-secret", secret);
        assertThat(Settings.read(cluster, Map.of()).access().secrets().values()).containsExactly(secret);
    }

    @Test
    void publicUrlsAreNormalised() {
        assertThat(settings("public-url", "HTTPS://Talk.Example/,http://b.example:80").access().publicUrls())
                .containsExactly("https://talk.example", "http://b.example");
        assertThatThrownBy(() -> settings("public-url", "talk.example")).hasMessageContaining("public-url");
    }

    @Test
    void onlyAnExplicitZeroRemovesTheLimitOfADay() {
        assertThat(settings().access().unlimited()).isFalse();
        assertThat(settings("max-tokens-per-day", "0").access().unlimited()).isTrue();
        assertThat(settings("max-tokens-per-day", "5").access().unlimited()).isFalse();
        assertThat(settings("max-tokens-per-day", "0", "max-cost-per-day", "5", "token-prices", "1,1,1,1")
                .access()
                .unlimited()).isFalse();
    }

    private static void check(String... pairs) {
        Settings settings = settings(pairs);
        settings.access().requireSafe(settings.profile());
    }

    private static Settings settings(String... pairs) {
        var flags = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return Settings.read(flags, Map.of());
    }
}
