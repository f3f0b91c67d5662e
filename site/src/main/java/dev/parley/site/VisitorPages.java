package dev.parley.site;

import dev.parley.access.AccessDeniedException;
import dev.parley.access.Credentials;
import dev.parley.access.Identity;
import dev.parley.access.VisitorAuth;
import dev.parley.access.VisitorCookie;
import dev.parley.server.http.TrustedProxies;
import dev.parley.settings.AuthMode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What visitors must show before they get the page and its APIs: the login form, its cookie, and responses to those who have none. Runs on the event
 * loops.
 */
public final class VisitorPages {

    private static final int LARGEST_BODY = 2_000;

    private final VisitorAuth auth;
    private final TrustedProxies proxies;
    private final BearerTokens tokens;
    private final StaticFiles page = new StaticFiles("web");

    /** @param tokens counts wrong passwords */
    public VisitorPages(VisitorAuth auth, BearerTokens tokens) {
        this.auth = auth;
        this.proxies = tokens.proxies();
        this.tokens = tokens;
    }

    /** Returns whether the path belongs to the login. */
    static boolean handles(String path) {
        return path.equals("/login") || path.equals("/api/login") || path.equals("/api/logout");
    }

    void handle(HttpServerRequest request, String path) {
        if (auth.mode() != AuthMode.PASSWORD) {
            SiteRouter.fail(request, 404, "not found");
            return;
        }
        switch (path) {
            case "/login" ->
                SiteRouter.read(request, () -> page.find("/login.html").orElseThrow().send(request));
            case "/api/logout" -> JsonBody.read(request, LARGEST_BODY, body -> {
                cookie(request, "", Duration.ZERO);
                SiteRouter.json(request, 200, Map.of("done", true));
            });
            default -> JsonBody.read(request, LARGEST_BODY, body -> tokens.attempt(request,
                    () -> login(request, body.path("password").asString(""))));
        }
    }

    private void login(HttpServerRequest request, String password) {
        if (auth.isPassword(password)) {
            VisitorCookie cookies = auth.cookies().orElseThrow();
            cookie(request, cookies.issue(), cookies.life());
            SiteRouter.json(request, 200, Map.of("done", true));
        } else {
            tokens.failed(request, "wrong password of the page");
            SiteRouter.fail(request, 401, "That is not the password.");
        }
    }

    /**
     * Serves the start page to visitors who may come in; sends others to the login. Gives the browser a cookie, or a younger one. The page itself is public
     * where visitors show a token, which it takes from its address.
     */
    void startPage(HttpServerRequest request, Runnable serve) {
        if (auth.mode() == AuthMode.PROXY) {
            visitor(request, user -> serve.run());
            return;
        }
        if (auth.cookies().isEmpty()) {
            serve.run();
            return;
        }
        try {
            auth.identify(credentials(request));
        } catch (AccessDeniedException denied) {
            if (auth.mode() == AuthMode.PASSWORD) {
                request.response().putHeader("Location", "/login").putHeader("Cache-Control", "no-store");
                SiteRouter.fail(request, 303, "log in at /login");
            } else {
                deny(request, denied);
            }
            return;
        }
        VisitorCookie cookies = auth.cookies().get();
        Optional<VisitorCookie.Content> known = credentials(request).cookie()
                .flatMap(cookies::read)
                .filter(content -> !cookies.isOver(content));
        if (known.isEmpty()) {
            cookie(request, cookies.issue(), cookies.life());
        } else if (cookies.isOld(known.get())) {
            cookie(request, cookies.renew(known.get().id()), cookies.life());
        }
        serve.run();
    }

    /** Passes the visitor of a request for the page's data on, or refuses the request. */
    void visitor(HttpServerRequest request, Consumer<Identity> then) {
        Credentials given = credentials(request);
        if (!auth.mayBlock()) {
            outcome(given).pass(request, then);
            return;
        }
        var loop = Vertx.currentContext();
        Thread.ofVirtual().name("visitor").start(() -> {
            Outcome outcome = outcome(given);
            loop.runOnContext(back -> {
                if (!request.response().closed()) {
                    outcome.pass(request, then);
                }
            });
        });
    }

    /** Who shows some credentials, or why they let nobody in. */
    private record Outcome(Optional<Identity> identity, Optional<AccessDeniedException> denied) {

        void pass(HttpServerRequest request, Consumer<Identity> then) {
            identity.ifPresent(then);
            denied.ifPresent(why -> deny(request, why));
        }
    }

    private Outcome outcome(Credentials given) {
        try {
            return new Outcome(Optional.of(auth.identify(given)), Optional.empty());
        } catch (AccessDeniedException denied) {
            return new Outcome(Optional.empty(), Optional.of(denied));
        }
    }

    /** Removes the header in which proxies name the user from a request that comes from none. Called before anything reads it. */
    void strip(HttpServerRequest request) {
        auth.userHeader().filter(name -> !proxies.trusts(request)).ifPresent(request.headers()::remove);
    }

    private static void deny(HttpServerRequest request, AccessDeniedException denied) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        SiteRouter.json(request, 401, Map.of("error", denied.sentence(), "reason", denied.reason().text()));
    }

    private Credentials credentials(HttpServerRequest request) {
        return auth.credentials(name -> {
            var values = request.headers().getAll(name);
            return values.isEmpty() ? Optional.empty()
                    : Optional.of(String.join(name.equals("cookie") ? "; " : ", ", values));
        }, proxies.client(request));
    }

    private void cookie(HttpServerRequest request, String value, Duration life) {
        request.response()
                .headers()
                .add("Set-Cookie", Credentials.COOKIE + "=" + value + "; Path=/; Max-Age=" + life.toSeconds()
                        + "; HttpOnly; SameSite=Lax" + (proxies.secure(request) ? "; Secure" : ""));
    }
}
