package dev.parley.site;

import dev.parley.access.HostNames;
import dev.parley.server.http.HeadCheck;
import dev.parley.server.http.HttpOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds with 421 to requests for names that are not the server's, except to the health checks of load balancers, which often use none. Logs
 * at most one of them a minute. Thread-safe.
 */
final class HostCheck {

    private static final Logger LOG = LoggerFactory.getLogger(HostCheck.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int LONGEST = 100;

    private final HostNames names;
    private final HttpOptions http;
    private final InstantSource clock;
    private final AtomicLong logged = new AtomicLong();

    HostCheck(HostNames names, HttpOptions http, InstantSource clock) {
        this.names = names;
        this.http = http;
        this.clock = clock;
    }

    /** Returns whether the request may go on; otherwise it has got its response. */
    boolean admits(HttpServerRequest request, String path) {
        if (names.acceptsAny() || path.equals("/health") || path.equals("/health/ready")) {
            return true;
        }
        var authority = request.authority();
        String host = authority == null ? "" : authority.host();
        // A malformed request gets the response that it would get for any other name.
        if (names.accepts(host) || HeadCheck.fault(request, http).isPresent()) {
            return true;
        }
        log(host);
        SmallBody.closeUnread(request);
        SiteRouter.fail(request, 421,
                "this server does not respond for this name; if it should, its operator adds it to --public-url");
        return false;
    }

    private void log(String host) {
        long now = clock.millis();
        long last = logged.get();
        if (now - last > QUIET.toMillis() && logged.compareAndSet(last, now)) {
            LOG.atWarn()
                    .addKeyValue("host", host.length() > LONGEST ? host.substring(0, LONGEST) + "..." : host)
                    .log("refused a request for a foreign name; if it is this server's, add it to --public-url");
        }
    }
}
