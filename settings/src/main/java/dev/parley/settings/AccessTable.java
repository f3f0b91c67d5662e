package dev.parley.settings;

import dev.parley.calls.visitor.Choice;
import dev.parley.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings that decide who may come in: a part of {@link SettingsTable}. */
final class AccessTable {

    static final Setting<Optional<String>> HOST = Setting.of("host", ValueType.optionalText("ADDRESS", 255),
            "",
            "The address to listen on; 0.0.0.0 is every IPv4 address of the machine, 127.0.0.1 accepts local connections only. Without it: "
                    + "127.0.0.1 and ::1, and every IPv4 address with authentication or --open-to-all true.");
    static final Setting<AuthMode> AUTH = Setting.of("auth", ValueType.oneOf(AuthMode.class), "none",
            "How visitors show who they are: password asks for the password of the page; token requires one of the access-tokens, or one for a conversation that "
                    + "POST /api/session has issued; jwt requires a JSON Web Token; proxy takes the user from the header of a trusted proxy. See docs/keep-strangers-out.md.");
    static final Setting<Boolean> OPEN_TO_ALL = Setting.of("open-to-all", ValueType.yesOrNo(), "false",
            "Whether everybody who reaches the server may come in without authentication.");
    static final Setting<Optional<String>> PASSWORD = Setting.secret("password", ValueType.password(), "",
            "The password of the page, with --auth password.");
    static final Setting<Optional<Path>> PASSWORD_FILE = Setting.of("password-file", ValueType.optionalFile(),
            "", "A file with the password of the page.");
    static final Setting<List<String>> PUBLIC_URL = Setting.of("public-url", ValueType.origins(20), "",
            "The origins at which people reach the server, like https://talk.example, separated by commas: requests for other names get 421, except "
                    + "for IP addresses and localhost. Without it, a server of this machine only accepts no names, and any other server accepts all.");

    static final Setting<ClusterSecrets> AUTH_SECRET = Setting.secret("auth-secret",
            new ValueType<>("SECRET", ClusterSecrets.WANTED, ClusterSecrets::parse), "",
            "The secret that signs logins and tokens, at least 32 bytes; two while it is changed, of which the first signs. Without it one is generated below "
                    + "--data; the servers of a cluster need the same one.");
    static final Setting<Optional<Path>> AUTH_SECRET_FILE = Setting.of("auth-secret-file",
            ValueType.optionalFile(), "", "A file with the auth-secret, or with two of them, one a line.");

    static final Setting<List<NamedToken>> ACCESS_TOKENS = Setting.secret("access-tokens",
            new ValueType<>("TOKENS", NamedToken.WANTED, NamedToken::parse), "",
            "With --auth token: the access tokens and the names of their users, like anna=TOKEN,ben=TOKEN.");
    static final Setting<Optional<Path>> ACCESS_TOKENS_FILE = Setting.of("access-tokens-file",
            ValueType.optionalFile(), "", "A file with the access tokens, one NAME=TOKEN a line.");
    static final Setting<List<String>> API_KEYS = Setting.secret("api-keys",
            new ValueType<>("KEYS", "a list of at most 20 keys of 16 to 200 characters", AccessTable::keys),
            "",
            "The keys with which the backend of a site requests tokens for conversations at POST /api/session, as \"Authorization: Bearer KEY\"; without one, "
                    + "nobody can.");
    static final Setting<Optional<Path>> API_KEYS_FILE = Setting.of("api-keys-file", ValueType.optionalFile(),
            "", "A file with the api-keys, one a line.");
    static final Setting<Optional<String>> JWT_SECRET = Setting.secret("jwt-secret",
            new ValueType<>("SECRET", "a secret of 32 to 1000 characters", AccessTable::jwtSecret), "",
            "With --auth jwt: the secret that signs the tokens (HS256, HS384, HS512).");
    static final Setting<Optional<Path>> JWT_SECRET_FILE = Setting.of("jwt-secret-file",
            ValueType.optionalFile(), "", "A file with the jwt-secret.");
    static final Setting<Optional<Path>> JWT_KEY_FILE = Setting.of("jwt-key-file", ValueType.optionalFile(),
            "",
            "With --auth jwt: a PEM file with the public key or certificate of the issuer (RS, PS or ES with 256, 384 or 512).");
    static final Setting<Optional<URI>> JWT_JWKS_URL = Setting.of("jwt-jwks-url", ValueType.optionalUrl(), "",
            "With --auth jwt: the URL of the issuer's keys (JWKS), which are fetched again when they change.");
    static final Setting<Optional<String>> JWT_ISSUER = Setting.of("jwt-issuer",
            ValueType.optionalText("URL", 500), "",
            "With --auth jwt: the issuer that tokens must name (iss).");
    static final Setting<Optional<String>> JWT_AUDIENCE = Setting.of("jwt-audience",
            ValueType.optionalText("TEXT", 500), "",
            "With --auth jwt: the audience that tokens must name (aud). Set it if the issuer serves other applications too.");
    static final Setting<Duration> JWT_CLOCK_SKEW = Setting.of("jwt-clock-skew",
            ValueType.time(Duration.ZERO, Duration.ofMinutes(10)), "60s",
            "With --auth jwt: how much the clocks of the issuer and of this server may differ.");
    static final Setting<String> USER_HEADER = Setting.of("user-header",
            new ValueType<>("NAME", "the name of a header", AccessTable::header), "X-Forwarded-User",
            "With --auth proxy: the header in which a proxy of trusted-proxies names the user. The proxy must replace it if clients send it.");
    static final Setting<List<String>> FRAME_ANCESTORS = Setting.of("frame-ancestors", ValueType.origins(20),
            "",
            "Origins whose pages may show this server's page in a frame, separated by commas; without it none. Browsers send no login into frames of other "
                    + "sites: use tokens there.");
    static final Setting<Optional<Path>> TLS_CERT = Setting.of("tls-cert", ValueType.optionalFile(), "",
            "A PEM file with the certificate of the server and its chain, for HTTPS and HTTP/2; read again when it changes. Needs tls-key.");
    static final Setting<Optional<Path>> TLS_KEY = Setting.of("tls-key", ValueType.optionalFile(), "",
            "A PEM file with the private key of tls-cert (BEGIN PRIVATE KEY).");
    static final Setting<Optional<Set<Choice>>> CLIENT_MAY = Setting.of("client-may", new ValueType<>("LIST",
            "none, or one or more of prompt, persona, voice, tools, temperature, max-tokens, separated by commas",
            AccessTable::choices), "",
            "What pages may choose for their conversations: none, or a list of prompt, persona, voice, tools, temperature (with top-p) and max-tokens. "
                    + "Without it persona and voice, and with the embedded model also the prompt.");

    /** In the order in which {@code --help} shows them. */
    static final List<Setting<?>> ALL = List.of(AUTH, OPEN_TO_ALL, PUBLIC_URL, PASSWORD, PASSWORD_FILE,
            AUTH_SECRET, AUTH_SECRET_FILE, ACCESS_TOKENS, ACCESS_TOKENS_FILE, API_KEYS, API_KEYS_FILE,
            JWT_SECRET, JWT_SECRET_FILE, JWT_KEY_FILE, JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, JWT_CLOCK_SKEW,
            USER_HEADER, CLIENT_MAY, FRAME_ANCESTORS, TLS_CERT, TLS_KEY);

    private AccessTable() {}

    static Access read(Sources values) {
        AuthMode mode = values.get(AUTH);
        Optional<String> password = values.secret(PASSWORD, PASSWORD_FILE);
        if (mode == AuthMode.PASSWORD && password.isEmpty()) {
            throw new SettingsException(
                    "auth is password, but neither password nor password-file is set: set PARLEY_PASSWORD to at least 8 characters");
        }
        List<NamedToken> tokens = values.given(ACCESS_TOKENS, ACCESS_TOKENS_FILE);
        List<String> keys = values.given(API_KEYS, API_KEYS_FILE);
        if (mode == AuthMode.TOKEN && tokens.isEmpty() && keys.isEmpty()) {
            throw new SettingsException(
                    "auth is token, but neither access-tokens nor api-keys are set: set PARLEY_ACCESS_TOKENS to "
                            + NamedToken.WANTED);
        }
        if (mode == AuthMode.PROXY && values.get(SettingsTable.TRUSTED_PROXIES).equals(TrustedProxies.NONE)) {
            throw new SettingsException(
                    "auth is proxy, but no trusted-proxies are set: set them to the addresses of the proxy that names the user");
        }
        return new Access(mode, values.get(HOST), values.get(OPEN_TO_ALL), values.get(PUBLIC_URL),
                values.isGiven(SettingsTable.TOKENS_PER_DAY) && values.get(SettingsTable.TOKENS_PER_DAY) == 0
                        && values.get(SettingsTable.COST_PER_DAY).isEmpty(),
                password, secrets(values, mode), tokens, keys, jwt(values, mode), values.get(USER_HEADER),
                values.get(FRAME_ANCESTORS), tls(values), values.get(CLIENT_MAY));
    }

    private static Optional<TlsFiles> tls(Sources values) {
        Optional<Path> certificate = values.get(TLS_CERT);
        Optional<Path> key = values.get(TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new SettingsException("tls-cert and tls-key belong together: set both or none");
        }
        return certificate.map(file -> new TlsFiles(file, key.orElseThrow()));
    }

    private static JwtSettings jwt(Sources values, AuthMode mode) {
        var jwt = new JwtSettings(values.given(JWT_SECRET, JWT_SECRET_FILE), values.text(JWT_KEY_FILE),
                values.get(JWT_JWKS_URL), values.get(JWT_ISSUER), values.get(JWT_AUDIENCE),
                values.get(JWT_CLOCK_SKEW));
        if (mode == AuthMode.JWT && jwt.keys() != 1) {
            throw new SettingsException(
                    "auth is jwt: set exactly one of jwt-secret (or jwt-secret-file), jwt-key-file and jwt-jwks-url");
        }
        if (jwt.jwks().filter(url -> !isSafe(url)).isPresent()) {
            throw new SettingsException(
                    "jwt-jwks-url: keys that are not fetched over https can be replaced on their way");
        }
        return jwt;
    }

    private static boolean isSafe(URI url) {
        return "https".equals(url.getScheme()) || Access.isLoopback(url.getHost());
    }

    private static Optional<String> jwtSecret(String text) {
        if (!text.isEmpty() && (text.length() < 32 || text.length() > 1_000)) {
            throw new IllegalArgumentException();
        }
        return Optional.of(text).filter(secret -> !secret.isEmpty());
    }

    private static String header(String text) {
        if (!text.matches("[A-Za-z0-9-]{1,60}")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static List<String> keys(String text) {
        var keys = Arrays.stream(text.split("[,\\r\\n]", -1))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
        if (keys.size() > 20 || !keys.stream().allMatch(key -> key.matches("[!-~]{16,200}"))) {
            throw new IllegalArgumentException();
        }
        return keys;
    }

    private static Optional<Set<Choice>> choices(String text) {
        return text.isEmpty() ? Optional.empty()
                : Optional.of(text.equals("none") ? Set.of()
                        : Set.copyOf(ValueType.someOf(Choice.class).parse(text)));
    }

    private static ClusterSecrets secrets(Sources values, AuthMode mode) {
        ClusterSecrets secrets = values.given(AUTH_SECRET, AUTH_SECRET_FILE);
        if (mode != AuthMode.NONE && values.get(SettingsTable.REDIS_URL).isPresent()
                && secrets.values().isEmpty()) {
            throw new SettingsException(
                    "the servers of a cluster must accept the logins of one another: set auth-secret or auth-secret-file to "
                            + ClusterSecrets.WANTED + ", the same on all of them");
        }
        return secrets;
    }
}
