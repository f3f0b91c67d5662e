package dev.parley.access;

import dev.parley.server.Handshake;
import dev.parley.settings.Access;
import dev.parley.settings.AdminKeys;
import dev.parley.settings.AuthMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who may come in, as the settings say: one answer for sockets and for the page's APIs. Thread-safe.
 */
public final class VisitorAuth {

    private static final Duration LOGIN = Duration.ofDays(7);
    private static final Duration VISIT = Duration.ofDays(30);

    private final Access access;
    private final Authenticator authenticator;
    private final Optional<VisitorCookie> cookies;
    private final Optional<SessionTokens> sessions;

    private VisitorAuth(Access access, Authenticator authenticator, Optional<VisitorCookie> cookies,
            Optional<SessionTokens> sessions) {
        this.access = access;
        this.authenticator = authenticator;
        this.cookies = cookies;
        this.sessions = sessions;
    }

    /**
     * Returns the authentication of a server.
     *
     * @param data    the folder that keeps a generated secret
     * @param cluster the secrets of the cluster; empty without one
     */
    public static VisitorAuth of(Access access, Path data, Optional<List<String>> cluster,
            InstantSource clock) {
        List<String> secrets = secrets(access, data, cluster);
        Optional<SessionTokens> sessions = access.apiKeys().isEmpty() ? Optional.empty()
                : Optional.of(new SessionTokens(secrets, clock));
        return switch (access.mode()) {
            case NONE -> {
                var cookies = new VisitorCookie("visit", secrets, VISIT, clock);
                yield new VisitorAuth(access, new Anonymous(cookies), Optional.of(cookies), sessions);
            }
            case PASSWORD -> {
                // Another password ends all logins.
                String purpose = "login " + AdminKeys.fingerprint(access.password().orElseThrow());
                var cookies = new VisitorCookie(purpose, secrets, LOGIN, clock);
                yield new VisitorAuth(access, new PasswordLogin(cookies), Optional.of(cookies), sessions);
            }
            case TOKEN ->
                new VisitorAuth(access, new AccessTokens(access.tokens()), Optional.empty(), sessions);
            case JWT -> new VisitorAuth(access, JwtLogin.of(access.jwt(), clock), Optional.empty(), sessions);
            case PROXY -> new VisitorAuth(access, new ProxyLogin(), Optional.empty(), sessions);
        };
    }

    private static List<String> secrets(Access access, Path data, Optional<List<String>> cluster) {
        if (!access.secrets().values().isEmpty()) {
            return access.secrets().values();
        }
        if (access.authenticates() || !access.apiKeys().isEmpty()) {
            return List.of(AuthSecretFile.in(data));
        }
        // Only tells the browsers of one address apart.
        return cluster.orElseGet(() -> List.of(SignedText.randomSecret()));
    }

    public AuthMode mode() {
        return access.mode();
    }

    /** Returns whether {@link #identify} may wait for the network, so that event loops must not call it. */
    public boolean mayBlock() {
        return access.mode() == AuthMode.JWT && access.jwt().jwks().isPresent();
    }

    /**
     * Returns the credentials in the headers of a request.
     *
     * @param header gives the value of a header, by its name in lower case; the user's header only of requests that come from a trusted proxy
     */
    public Credentials credentials(Function<String, Optional<String>> header, String address) {
        return Credentials.of(header, address)
                .withUser(userHeader().flatMap(name -> header.apply(name.toLowerCase(Locale.ROOT))));
    }

    /** Returns the credentials of a socket. */
    public Credentials credentials(Handshake handshake) {
        return Credentials.of(handshake)
                .withUser(userHeader().flatMap(name -> handshake.header(name.toLowerCase(Locale.ROOT))));
    }

    /** Returns the header in which proxies name the user, and which nobody else may set; empty if none counts. */
    public Optional<String> userHeader() {
        return access.mode() == AuthMode.PROXY ? Optional.of(access.userHeader()) : Optional.empty();
    }

    /** Returns who shows these credentials. A token for a conversation goes before all others. May block if {@link #mayBlock}. */
    public Identity identify(Credentials given) throws AccessDeniedException {
        Optional<String> session = given.token().filter(SessionTokens::isOne);
        return sessions.isPresent() && session.isPresent()
                ? sessions.get().identify(session.get(), given.address())
                : authenticator.identify(given);
    }

    /** Returns whether this is the password of the page; takes constant time. */
    public boolean isPassword(String given) {
        return access.password().filter(right -> AdminKeys.same(right, given)).isPresent();
    }

    /** Returns whether this is a key of a backend that may request tokens for conversations; compares in constant time. */
    public boolean isApiKey(String given) {
        return access.apiKeys().stream().filter(key -> AdminKeys.same(key, given)).count() > 0;
    }

    /** The cookies of logins, or of visits if nobody has to log in; empty if visitors need no cookie. */
    public Optional<VisitorCookie> cookies() {
        return cookies;
    }

    /** The tokens for conversations; empty if no backend may request them. */
    public Optional<SessionTokens> sessions() {
        return sessions;
    }
}
