package dev.parley.site;

import dev.parley.settings.Settings;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Serves {@code /metrics} and checks access to it. Runs on the event loops; collecting the metrics takes a few milliseconds. */
public final class MetricsPage {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String HOW = "metrics require a token: set PARLEY_METRICS_TOKEN and send it as "
            + "\"Authorization: Bearer TOKEN\", or make metrics public with PARLEY_METRICS=public";

    private final Settings.Monitoring settings;
    private final Supplier<String> scrape;
    private final BearerTokens tokens;

    public MetricsPage(Settings.Monitoring settings, Supplier<String> scrape, BearerTokens tokens) {
        this.settings = settings;
        this.scrape = scrape;
        this.tokens = tokens;
    }

    void handle(HttpServerRequest request) {
        switch (settings.metrics()) {
            case OFF -> SiteRouter.fail(request, 404, "not found");
            case PUBLIC -> respond(request);
            case TOKEN -> {
                if (settings.metricsToken().isEmpty()) {
                    SiteRouter.fail(request, 403, HOW);
                } else if (BearerToken.isIn(request)) {
                    tokens.check(request, settings.metricsToken().get(), () -> respond(request));
                } else {
                    request.response().putHeader("WWW-Authenticate", "Bearer realm=\"metrics\"");
                    SiteRouter.fail(request, 401, "the token is missing or wrong");
                }
            }
        }
    }

    private void respond(HttpServerRequest request) {
        var response = request.response()
                .putHeader("Content-Type", FORMAT)
                .putHeader("Cache-Control", "no-store");
        StaticFiles.end(request, response, scrape.get().getBytes(StandardCharsets.UTF_8));
    }
}
