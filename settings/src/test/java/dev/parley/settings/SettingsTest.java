package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.http.TrustedProxies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void defaultsEqualTheOriginalService() {
        Settings settings = Settings.read(Map.of(), Map.of());

        assertThat(settings.web()).isEqualTo(new Settings.Web(List.of("127.0.0.1", "::1"), 3000,
                Runtime.getRuntime().availableProcessors(), List.of(), TrustedProxies.NONE,
                Duration.ofSeconds(30)));
        assertThat(settings.connection()).isEqualTo(new Settings.Connection("/socket.io/",
                List.of(Settings.Transport.POLLING, Settings.Transport.WEBSOCKET), Duration.ofSeconds(25),
                Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(45), 1_000_000, 16_384,
                32_768, true));
        assertThat(settings.talk().inactivity()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.talk().models())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/parley/models"));
        assertThat(settings.log().format()).isEqualTo(Settings.LogFormat.AUTO);
        assertThat(settings.log().content()).isFalse();
        assertThat(settings.transcripts()).isEqualTo(new Settings.Transcripts(Optional.empty(), 30));
    }

    @Test
    void originsAreNormalisedAndChecked() {
        var settings = Settings.read(
                Map.of("allowed-origins", "HTTPS://A.example/, http://b.example:80,https://a.example"),
                Map.of());

        assertThat(settings.web().allowedOrigins()).containsExactly("https://a.example", "http://b.example");
        assertThatThrownBy(() -> Settings.read(Map.of("allowed-origins", "b.example"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("allowed-origins")
                .hasMessageContaining("https://example.com");
    }

    @ParameterizedTest
    @EnumSource
    void everyProfileGivesAReasonForEachDefault(Profile profile) {
        Settings settings = Settings.read(Map.of("profile", profile.text()), Map.of());

        assertThat(settings.profile()).isEqualTo(profile);
        if (profile == Profile.DEFAULT) {
            assertThat(settings.choices()).isEmpty();
        } else {
            assertThat(settings.choices()).isNotEmpty()
                    .allMatch(choice -> choice.matches("[a-z-]+ [^ ]+: .{20,}"));
            assertThat(settings.web().trustedProxies().client("10.0.0.1", "198.51.100.1"))
                    .isEqualTo("198.51.100.1");
            assertThat(settings.connection().pingInterval()).isBetween(Duration.ofSeconds(20),
                    Duration.ofSeconds(25));
        }
    }

    @Test
    void profileChangesTransportsSizesAndIntervals() {
        Settings settings = Settings.read(Map.of(), Map.of("PARLEY_PROFILE", "apprunner"));

        assertThat(settings.connection().transports()).containsExactly(Settings.Transport.POLLING);
        assertThat(settings.connection().maxHttpBufferSize()).isEqualTo(100_000_000);
        assertThat(Settings.read(Map.of("profile", "heroku"), Map.of()).connection().pingInterval())
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void explicitSettingsOverrideTheProfile() {
        Settings settings = Settings.read(Map.of("profile", "ecs-express", "ping-interval", "7s"),
                Map.of("PARLEY_TRUSTED_PROXIES", "192.0.2.1"));

        assertThat(settings.connection().pingInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.connection().pingTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.web().trustedProxies().client("10.0.0.1", "198.51.100.1")).isEqualTo("10.0.0.1");
        assertThat(settings.choices())
                .anyMatch(choice -> choice.startsWith("ping-interval is set explicitly, instead of 20s"));
    }

    @Test
    void errorMessageDoesNotQuoteATooLongPrompt() {
        var prompt = "You are Pangolin. " + "x".repeat(40_000);
        assertThatThrownBy(() -> Settings.read(Map.of("system-prompt", prompt), Map.of()))
                .hasMessageContaining("system-prompt: the value is not a text of at most 40000")
                .hasMessageNotContaining("Pangolin");
    }

    @Test
    void unknownProfileIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> Settings.read(Map.of("profile", "render"), Map.of()))
                .hasMessageContaining("profile: \"render\" is not one of default, apprunner, ecs-express");
    }

    @Test
    void flagsEnvironmentAndFileGiveTheSameSettings() throws IOException {
        Map<String, String> texts = new HashMap<>(Map.of("host", "127.0.0.1", "port", "4000", "path", "/talk",
                "transports", "websocket", "allowed-origins", "https://a.example, http://b.example:8080",
                "ping-interval", "500ms", "max-http-buffer-size", "5MB", "log-level", "debug", "time-zone",
                "Asia/Tokyo", "system-prompt", "Be brief."));
        texts.putAll(Map.of("voice", "slt", "max-conversations", "2", "inactivity", "1h", "log-format",
                "json", "log-requests", "notable", "models", "/models"));
        var environment = new HashMap<String, String>();
        var lines = new StringBuilder();
        texts.forEach((name, text) -> {
            environment.put("PARLEY_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'), text);
            lines.append(name).append(" = ").append(text).append('\n');
        });

        Settings fromFlags = Settings.read(texts, Map.of());

        assertThat(fromFlags.web().allowedOrigins()).containsExactly("https://a.example",
                "http://b.example:8080");
        assertThat(fromFlags.talk().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(Settings.read(Map.of(), environment)).isEqualTo(fromFlags);
        assertThat(Settings.read(Map.of("config", file(lines.toString())), Map.of())).isEqualTo(fromFlags);
    }

    @Test
    void everySecretCanBeInAFile() throws IOException {
        String secret = file("open sesame\n");

        var settings = Settings.read(Map.of("admin-password-file", secret),
                Map.of("PARLEY_METRICS_TOKEN_FILE", file("a-token-of-many-letters")));

        assertThat(settings.monitoring().admin().password()).contains("open sesame");
        assertThat(settings.monitoring().metricsToken()).contains("a-token-of-many-letters");
        assertThat(settings.warnings()).isEmpty();
        assertThatThrownBy(() -> Settings
                .read(Map.of("admin-password-file", secret, "admin-password", "open sesame"), Map.of()))
                .hasMessage("admin-password and admin-password-file are both set: choose one");
        String empty = file("\n");
        assertThatThrownBy(() -> Settings.read(Map.of("admin-password-file", empty), Map.of()))
                .hasMessageContaining("is empty");
    }

    @Test
    void secretsInOptionsAndFilesThatAllMayWriteAreWarnedOf() throws IOException {
        String open = file("port = 1");
        Files.setPosixFilePermissions(Path.of(open), PosixFilePermissions.fromString("rw-rw-rw-"));

        var settings = Settings.read(Map.of("config", open, "admin-password", "open sesame"), Map.of());

        assertThat(settings.warnings()).hasSize(2)
                .anyMatch(line -> line.contains("--admin-password") && line.contains("PARLEY_ADMIN_PASSWORD"))
                .anyMatch(line -> line.contains("chmod o-w " + open))
                .noneMatch(line -> line.contains("sesame"));
    }

    @Test
    void flagsOverrideTheEnvironmentWhichOverridesTheFile() throws IOException {
        String file = file("port = 1\nvoice = file\nlog-level = error");
        Map<String, String> environment = Map.of("PARLEY_CONFIG", file, "PORT", "2", "PARLEY_VOICE",
                "environment");

        Settings settings = Settings.read(Map.of("port", "3"), environment);

        assertThat(settings.web().port()).isEqualTo(3);
        assertThat(settings.talk().voice()).contains("environment");
        assertThat(settings.log().level()).isEqualTo(Settings.LogLevel.ERROR);
    }

    @Test
    void parleyPortOverridesPort() {
        assertThat(Settings.read(Map.of(), Map.of("PORT", "8080", "PARLEY_PORT", "9090")).web().port())
                .isEqualTo(9090);
        assertThat(Settings.read(Map.of(), Map.of("PORT", "8080")).web().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "port                 | 70000       | port: \"70000\" is not a whole number from 0 to 65535 (from the option --port)",
            "port                 | abc         | port: \"abc\" is not a whole number from 0 to 65535 (from the option --port)",
            "ping-interval        | 25          | ping-interval: \"25\" is not a time from 0.1s to 1h with its unit, like 500ms, 25s or 5m",
            "ping-interval        | 2h          | ping-interval: \"2h\" is not a time",
            "max-http-buffer-size | 2GB         | max-http-buffer-size: \"2GB\" is not a size from 1000 to 100000000 bytes",
            "max-http-buffer-size | 999999999MB | max-http-buffer-size: \"999999999MB\" is not a size",
            "transports           | polling,sse | transports: \"polling,sse\" is not one or more of polling, websocket",
            "transports           | polling,polling | transports: \"polling,polling\" is not one or more",
            "transports           | ''          | transports: \"\" is not one or more",
            "allowed-origins      | *           | allowed-origins: \"*\" is not a list of at most 100 origins",
            "path                 | socket.io   | path: \"socket.io\" is not a path like /socket.io/",
            "path                 | /           | path: \"/\" is not a path like /socket.io/",
            "log-level            | loud        | log-level: \"loud\" is not one of error, warn, info, debug",
            "time-zone            | Mars/Base   | time-zone: \"Mars/Base\" is not a time zone",
            "models               | ''          | models: \"\" is not a folder",
            "max-conversations    | 0           | max-conversations: \"0\" is not a whole number from 1",
            "max-tokens           | 10001       | max-tokens: \"10001\" is not a whole number from 1 to 10000",
            "temperature          | 0,7         | temperature: \"0,7\" is not a number from 0 to 1, like 0.7",
            "top-p                | 1.1         | top-p: \"1.1\" is not a number from 0 to 1, like 0.7",
            "turn-detection       | fast        | turn-detection: \"fast\" is not one of high, medium, low",
            "model                | nova        | model: \"nova\" is not one of auto, local, nova-sonic",
            "nova-endpoint        | 127.0.0.1:3001 | nova-endpoint: \"127.0.0.1:3001\" is not an address like http://",
            "nova-stream-life     | 9m          | nova-stream-life: \"9m\" is not a time from 8s to 8m",
            "max-cost-per-day     | -1          | max-cost-per-day: \"-1\" is not an amount above 0",
            "renewal-headroom     | 20          | renewal-headroom 20 leaves no stream for a conversation of stream-quota 20: set stream-quota above 20, or renewal-headroom to at most 19",
            "stream-quota         | 3           | renewal-headroom 4 leaves no stream for a conversation of stream-quota 3: set stream-quota above 4, or renewal-headroom to at most 2",
            "stream-quota         | 1           | renewal-headroom 4 leaves no stream for a conversation of stream-quota 1: set stream-quota above 4, or renewal-headroom to 0",
            "max-cost-per-day     | 5           | a limit of cost is set, but no token-prices",
            "token-prices         | 1,2,3       | token-prices: \"1,2,3\" is not four prices like"})
    void invalidValueIsNamedWithTheValidOnes(String name, String text, String message) {
        assertThatThrownBy(() -> Settings.read(Map.of(name, text), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void overriddenInvalidValueIsReportedWithItsSource() throws IOException {
        String file = file("port = none");

        assertThatThrownBy(() -> Settings.read(Map.of("port", "1"), Map.of("PORT", "x")))
                .hasMessageEndingWith("(from the environment variable PORT)");
        assertThatThrownBy(() -> Settings.read(Map.of("config", file, "port", "1"), Map.of()))
                .hasMessageEndingWith("(from the file " + file + ")");
    }

    @Test
    void unknownSettingIsNamedWithASuggestion() throws IOException {
        String file = file("prot = 3000");

        assertThatThrownBy(() -> Settings.read(Map.of("config", file), Map.of()))
                .hasMessage("unknown setting prot in the file " + file + "; did you mean port?");
        assertThatThrownBy(
                () -> Settings.read(Map.of(), Map.of("PARLEY_ALLOWED_ORIGIN", "https://a.example")))
                .hasMessage(
                        "unknown environment variable PARLEY_ALLOWED_ORIGIN; did you mean PARLEY_ALLOWED_ORIGINS?");
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of("PARLEY_XYZZY", "1")))
                .hasMessage("unknown environment variable PARLEY_XYZZY; parley serve --help lists all");
    }

    @Test
    void variablesOfLauncherAndOtherProgramsAreIgnored() {
        assertThat(Settings.read(Map.of(),
                Map.of("PARLEY_JAVA_OPTS", "-Xmx1g", "HOME", "/", "AWS_REGION", "eu-west-1")))
                .isEqualTo(Settings.read(Map.of(), Map.of()));
    }

    @Test
    void systemPromptIsReadFromAFile() throws IOException {
        String prompt = file("You are Ada.\nBe kind.");

        assertThat(Settings.read(Map.of("system-prompt-file", prompt), Map.of()).talk().systemPrompt())
                .contains("You are Ada.\nBe kind.");
        assertThatThrownBy(
                () -> Settings.read(Map.of("system-prompt-file", prompt, "system-prompt", "x"), Map.of()))
                .hasMessage("system-prompt and system-prompt-file are both set: choose one");
        String tooLong = file("x".repeat(40_001));
        assertThatThrownBy(() -> Settings.read(Map.of("system-prompt-file", tooLong), Map.of()))
                .hasMessage("system-prompt-file: " + tooLong + " is longer than 40000 characters");
    }

    @Test
    void unreadableFileIsReportedWithTheReason() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[]{(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> Settings.read(Map.of("config", "/no/such.file"), Map.of()))
                .hasMessage("config: /no/such.file does not exist");
        assertThatThrownBy(() -> Settings.read(Map.of("config", folder.toString()), Map.of()))
                .hasMessage("config: " + folder + " is not a file");
        assertThatThrownBy(() -> Settings.read(Map.of("system-prompt-file", binary.toString()), Map.of()))
                .hasMessage("system-prompt-file: " + binary + " is not UTF-8 text");
        assertThatThrownBy(() -> Settings.read(Map.of("config", file("port = \\uZZZZ")), Map.of()))
                .hasMessageEndingWith("is not a file of lines \"name = value\"");
    }

    @Test
    void everyDefaultIsValid() {
        assertThat(SettingsTable.ALL).allSatisfy(
                setting -> assertThat(setting.parse(setting.defaultText(), "the default")).isNotNull());
    }

    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "settings", ".properties"), content).toString();
    }

    private static final String SECRET = "a secret of at least 32 bytes ----";

    @Test
    void clusterIsOffWithoutRedis() {
        assertThat(Settings.read(Map.of(), Map.of("PARLEY_CLUSTER_SECRET", SECRET)).cluster()).isEmpty();
    }

    @Test
    void clusterIsReadFromTheEnvironment() {
        var cluster = Settings.read(Map.of(),
                Map.of("PARLEY_REDIS_URL", "rediss://user:hush@redis.example:6380", "PARLEY_CLUSTER_ADAPTER",
                        "sharded", "PARLEY_CLUSTER_PREFIX", "talk", "PARLEY_CLUSTER_SECRET",
                        SECRET + "," + SECRET.toUpperCase(Locale.ROOT), "PARLEY_CLUSTER_ADDRESS",
                        "[fd00::5]:7100"))
                .cluster()
                .orElseThrow();

        assertThat(cluster.adapter()).isEqualTo(Settings.ClusterAdapter.SHARDED);
        assertThat(cluster.prefix()).isEqualTo("talk");
        assertThat(cluster.secrets().values()).containsExactly(SECRET, SECRET.toUpperCase(Locale.ROOT));
        assertThat(cluster.address()).contains("[fd00::5]:7100");
        assertThat(cluster.toString()).doesNotContain("hush", "secret of");
    }

    @Test
    void secretsOfTheClusterAreReadFromAFile() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), SECRET + "\n" + SECRET + "2\n").toString();
        var redis = Map.of("PARLEY_REDIS_URL", "redis://127.0.0.1");

        assertThat(Settings.read(Map.of("cluster-secret-file", file), redis)
                .cluster()
                .orElseThrow()
                .secrets()
                .values()).containsExactly(SECRET, SECRET + "2");
        assertThatThrownBy(
                () -> Settings.read(Map.of("cluster-secret-file", file, "cluster-secret", SECRET), redis))
                .hasMessage("cluster-secret and cluster-secret-file are both set: choose one");
        Files.writeString(Path.of(file), "hush");
        assertThatThrownBy(() -> Settings.read(Map.of("cluster-secret-file", file), redis))
                .hasMessageStartingWith("cluster-secret: the value is not a secret of at least 32 bytes")
                .hasMessageContaining(file)
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "redis-url | http://redis | redis-url: the value is not an address like redis://USER:PASSWORD@HOST:6379",
            "cluster-adapter | kafka | cluster-adapter: \"kafka\" is not one of streams, pubsub, sharded",
            "cluster-secret | hush | cluster-secret: the value is not a secret of at least 32 bytes",
            "cluster-secret | x,y,z | cluster-secret: the value is not a secret of at least 32 bytes",
            "cluster-address | http://a:1 | cluster-address: \"http://a:1\" is not a host or an address",
            "cluster-address | a:0 | cluster-address: \"a:0\" is not a host or an address",
            "cluster-prefix | '' | cluster-prefix: \"\" is not a text of 1 to 100 characters"})
    void wrongValueOfTheClusterGetsASentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> Settings.read(Map.of(name, value), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void clusterNeedsASecret() {
        assertThatThrownBy(() -> Settings.read(Map.of("redis-url", "redis://:hush@127.0.0.1"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "redis-url is set, but no cluster-secret or cluster-secret-file: set a secret of at least 32 bytes")
                .hasMessageNotContaining("hush");
    }
}
