package dev.parley.app.auth;

import dev.parley.app.admin.SignedText;
import dev.parley.app.config.Access;
import dev.parley.app.config.AdminKeys;
import dev.parley.app.config.AuthMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Who may come in, as the settings say: one answer for sockets and for the page's APIs. Thread-safe.
 */
public final class VisitorAuth {

    private static final Duration LOGIN = Duration.ofDays(7);
    private static final Duration VISIT = Duration.ofDays(30);

    private final AuthMode mode;
    private final Authenticator authenticator;
    private final Optional<String> password;
    private final VisitorCookie cookies;

    private VisitorAuth(AuthMode mode, Authenticator authenticator, Optional<String> password,
            VisitorCookie cookies) {
        this.mode = mode;
        this.authenticator = authenticator;
        this.password = password;
        this.cookies = cookies;
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
        return switch (access.mode()) {
            case NONE -> {
                var cookies = new VisitorCookie("visit", secrets, VISIT, clock);
                yield new VisitorAuth(AuthMode.NONE, new Anonymous(cookies), Optional.empty(), cookies);
            }
            case PASSWORD -> {
                // Another password ends all logins.
                var cookies = new VisitorCookie(
                        "login " + AdminKeys.fingerprint(access.password().orElseThrow()), secrets, LOGIN,
                        clock);
                yield new VisitorAuth(AuthMode.PASSWORD, new PasswordLogin(cookies), access.password(),
                        cookies);
            }
        };
    }

    private static List<String> secrets(Access access, Path data, Optional<List<String>> cluster) {
        if (!access.secrets().values().isEmpty()) {
            return access.secrets().values();
        }
        if (access.authenticates()) {
            return List.of(AuthSecretFile.in(data));
        }
        // Only tells the browsers of one address apart.
        return cluster.orElseGet(() -> List.of(SignedText.randomSecret()));
    }

    public AuthMode mode() {
        return mode;
    }

    /** Returns who shows these credentials. */
    public Identity identify(Credentials given) throws AccessDeniedException {
        return authenticator.identify(given);
    }

    /** Returns whether this is the password of the page; takes constant time. */
    public boolean isPassword(String given) {
        return password.filter(right -> AdminKeys.same(right, given)).isPresent();
    }

    /** The cookies of logins, or of visits if nobody has to log in. */
    public VisitorCookie cookies() {
        return cookies;
    }
}
