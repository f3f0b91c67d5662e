package dev.parley.site;

import dev.parley.server.engine.FailedAttempts;
import dev.parley.server.http.TrustedProxies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks bearer tokens of requests. Wrong ones are logged, and slow their address down as wrong passwords do. Runs on the event loops.
 *
 * @param attempts wrong tokens and passwords of all kinds
 */
public record BearerTokens(FailedAttempts attempts, TrustedProxies proxies, InstantSource clock) {

    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);

    /** Calls {@code then} if the request has this token; responds with 401 or 429 otherwise. */
    void check(HttpServerRequest request, String token, Runnable then) {
        check(request, () -> BearerToken.matches(request, token), then);
    }

    /** Calls {@code then} if the request's token is right; responds with 401 or 429 otherwise. */
    void check(HttpServerRequest request, BooleanSupplier right, Runnable then) {
        attempt(request, () -> {
            if (right.getAsBoolean()) {
                then.run();
                return;
            }
            failed(request, "wrong token");
            request.response().putHeader("WWW-Authenticate", "Bearer");
            SiteRouter.fail(request, 401, "the token is missing or wrong");
        });
    }

    /** Runs an attempt when it is the turn of its address; responds with 429 if too many wait. */
    void attempt(HttpServerRequest request, Runnable attempt) {
        attempts.next(proxies.client(request), clock.instant())
                .ifPresentOrElse(wait -> after(wait, request, attempt), () -> tooMany(request));
    }

    /** Counts an attempt that was wrong, and logs it. */
    void failed(HttpServerRequest request, String what) {
        String address = proxies.client(request);
        attempts.failed(address, clock.instant());
        LOG.atWarn().addKeyValue("remote", address).log(what);
    }

    static void tooMany(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "60");
        SiteRouter.fail(request, 429, "Too many wrong attempts from your address; try again in a minute.");
    }

    /** Runs a task on this event loop after a time, if the client is still there. */
    static void after(Duration wait, HttpServerRequest request, Runnable task) {
        if (wait.isZero()) {
            task.run();
        } else {
            Vertx.currentContext().owner().setTimer(wait.toMillis(), late -> {
                if (!request.response().closed()) {
                    task.run();
                }
            });
        }
    }
}
