package dev.parley.site;

import dev.parley.server.http.TrustedProxies;
import dev.parley.settings.AdminKeys;
import dev.parley.site.admin.AdminCalls;
import dev.parley.site.admin.AdminCalls.Action;
import dev.parley.site.admin.AdminSessions;
import dev.parley.site.admin.AdminSessions.Login;
import dev.parley.site.admin.AdminSessions.Session;
import dev.parley.site.admin.AdminState;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles requests below {@code /admin}. The page itself is public; its data requires a login or, for programs, the token. A request of the
 * page that changes something must have the session's CSRF token, which no other site knows. Runs on the event loops.
 */
public final class AdminPage {
    private static final Logger LOG = LoggerFactory.getLogger(AdminPage.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COOKIE = "parley_admin";
    private static final int LARGEST_BODY = 2_000;

    private final AdminKeys keys;
    private final AdminSessions sessions;
    private final AdminState state;
    private final Optional<AdminCalls> others;
    private final TrustedProxies proxies;
    private final BearerTokens tokens;
    private final StaticFiles page = new StaticFiles("web");

    /**
     * @param others the other servers of the cluster; empty without one
     * @param tokens checks the token of programs
     */
    public AdminPage(AdminKeys keys, AdminSessions sessions, AdminState state, Optional<AdminCalls> others,
            TrustedProxies proxies, BearerTokens tokens) {
        this.tokens = tokens;
        this.keys = keys;
        this.sessions = sessions;
        this.state = state;
        this.others = others;
        this.proxies = proxies;
    }

    /** Returns whether the path belongs to this page. */
    static boolean handles(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }

    void handle(HttpServerRequest request, String path) {
        switch (path) {
            case "/admin" -> {
                request.response().putHeader("Location", "/admin/");
                SiteRouter.fail(request, 302, "moved to /admin/");
            }
            case "/admin/state" -> SiteRouter.read(request, () -> state(request));
            case "/admin/login" -> JsonBody.read(request, LARGEST_BODY, body -> login(request, body));
            case "/admin/logout" ->
                JsonBody.read(request, LARGEST_BODY, body -> withCsrf(request, session -> {
                    sessions.logout(session);
                    cookie(request, "", 0);
                    SiteRouter.json(request, 200, Map.of("done", true));
                }));
            case "/admin/disconnect" ->
                JsonBody.read(request, LARGEST_BODY, body -> authorized(request, () -> {
                    LOG.atInfo()
                            .addKeyValue("remote", proxies.client(request))
                            .log("connection ended from the admin page");
                    String connection = body.path("connection").asString("");
                    if (state.disconnect(connection)) {
                        done(request, true);
                    } else {
                        ask(request, "", Action.DISCONNECT, connection,
                                reply -> done(request, reply.isPresent()));
                    }
                }));
            case "/admin/drain" -> JsonBody.read(request, LARGEST_BODY, body -> authorized(request, () -> {
                LOG.atInfo()
                        .addKeyValue("remote", proxies.client(request))
                        .log("drain started from the admin page");
                String node = body.path("node").asString("");
                if (state.is(node)) {
                    state.drain();
                    done(request, true);
                } else {
                    ask(request, node, Action.DRAIN, "", reply -> done(request, reply.isPresent()));
                }
            }));
            default -> page.find(path)
                    .ifPresentOrElse(file -> SiteRouter.read(request, () -> file.send(request)),
                            () -> SiteRouter.fail(request, 404, "not found"));
        }
    }

    private void state(HttpServerRequest request) {
        if (isProgram(request)) {
            tokens.check(request, keys.token().orElseThrow(), () -> view(request, Map.of()));
        } else {
            withSession(request, session -> view(request, Map.of("csrf", session.csrf())));
        }
    }

    /** Responds with the state of this server, or of the one that the parameter {@code node} names. */
    private void view(HttpServerRequest request, Map<String, String> more) {
        var body = new HashMap<String, Object>(more);
        String node = Optional.ofNullable(request.getParam("node")).orElse("");
        if (state.is(node)) {
            body.put("state", state.view());
            SiteRouter.json(request, 200, body);
            return;
        }
        ask(request, node, Action.STATE, "", reply -> reply.ifPresentOrElse(text -> {
            body.put("state", JSON.readTree(text));
            SiteRouter.json(request, 200, body);
        }, () -> SiteRouter.fail(request, 404, "no such server, or it does not respond")));
    }

    /** Asks other servers; responds on the request's event loop. */
    private void ask(HttpServerRequest request, String node, Action action, String argument,
            Consumer<Optional<String>> then) {
        if (others.isEmpty()) {
            then.accept(Optional.empty());
            return;
        }
        var loop = Vertx.currentContext();
        var unused = others.get()
                .ask(node, action, argument)
                .whenComplete((reply, failure) -> loop.runOnContext(now -> {
                    if (!request.response().closed()) {
                        then.accept(failure == null ? reply : Optional.empty());
                    }
                }));
    }

    private static void done(HttpServerRequest request, boolean done) {
        SiteRouter.json(request, done ? 200 : 404, Map.of("done", done));
    }

    private void login(HttpServerRequest request, JsonNode body) {
        String address = proxies.client(request);
        String password = body.path("password").asString("");
        login(request, address, password, sessions.login(address, password));
    }

    private void login(HttpServerRequest request, String address, String password, Login result) {
        switch (result) {
            case Login.In(Session session) -> {
                LOG.atInfo().addKeyValue("remote", address).log("login to the admin page");
                cookie(request, session.cookie(), 8 * 3_600);
                SiteRouter.json(request, 200, Map.of("csrf", session.csrf()));
            }
            case Login.Wrong wrong -> {
                LOG.atWarn().addKeyValue("remote", address).log("wrong admin password");
                SiteRouter.fail(request, 401, "That is not the password.");
            }
            case Login.TooMany many -> BearerTokens.tooMany(request);
            case Login.Later(Duration wait) -> BearerTokens.after(wait, request,
                    () -> login(request, address, password, sessions.check(address, password)));
        }
    }

    /** Requires a login. */
    private void withSession(HttpServerRequest request, Consumer<Session> then) {
        var cookie = request.getCookie(COOKIE);
        Optional<Session> session = cookie == null ? Optional.empty() : sessions.find(cookie.getValue());
        session.ifPresentOrElse(then, () -> SiteRouter.fail(request, 401,
                "log in, or send the admin-token as \"Authorization: Bearer TOKEN\""));
    }

    /** Requires a login and the CSRF token of the page. */
    private void withCsrf(HttpServerRequest request, Consumer<Session> then) {
        withSession(request, session -> {
            String token = request.getHeader("X-CSRF-Token");
            if (token == null || !sessions.hasCsrf(session, token)) {
                SiteRouter.fail(request, 403, "the page is out of date: reload it");
            } else {
                then.accept(session);
            }
        });
    }

    /** Requires a login with the CSRF token, or the token of programs, which no browser sends by itself. */
    private void authorized(HttpServerRequest request, Runnable then) {
        if (isProgram(request)) {
            tokens.check(request, keys.token().orElseThrow(), then);
        } else {
            withCsrf(request, session -> then.run());
        }
    }

    private boolean isProgram(HttpServerRequest request) {
        return keys.token().isPresent() && BearerToken.isIn(request);
    }

    private void cookie(HttpServerRequest request, String value, int seconds) {
        request.response()
                .putHeader("Set-Cookie", COOKIE + "=" + value + "; Path=/admin; Max-Age=" + seconds
                        + "; HttpOnly; SameSite=Strict" + (proxies.secure(request) ? "; Secure" : ""));
    }
}
