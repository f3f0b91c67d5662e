package dev.parley.app.http;

import dev.parley.server.engine.FailedAttempts;
import dev.parley.server.http.TrustedProxies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
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
        String address = proxies.client(request);
        Optional<Duration> wait = attempts.next(address, clock.instant());
        if (wait.isEmpty()) {
            tooMany(request);
        } else {
            after(wait.get(), request, () -> {
                if (BearerToken.matches(request, token)) {
                    then.run();
                    return;
                }
                attempts.failed(address, clock.instant());
                LOG.atWarn().addKeyValue("remote", address).log("wrong token");
                request.response().putHeader("WWW-Authenticate", "Bearer");
                SiteRouter.fail(request, 401, "the token is missing or wrong");
            });
        }
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
