package dev.parley.app.http;

import dev.parley.app.config.Settings;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Answers {@code /metrics} for those who may read it. Runs on the event loops; gathering the figures takes a few milliseconds. */
public final class MetricsPage {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String HOW = "figures are for holders of the token: set PARLEY_METRICS_TOKEN and send it as "
            + "\"Authorization: Bearer TOKEN\", or let everybody read them with PARLEY_METRICS=public";

    private final Settings.Monitoring settings;
    private final Supplier<String> figures;

    public MetricsPage(Settings.Monitoring settings, Supplier<String> figures) {
        this.settings = settings;
        this.figures = figures;
    }

    void handle(HttpServerRequest request) {
        switch (settings.metrics()) {
            case OFF -> Site.fail(request, 404, "not found");
            case PUBLIC -> answer(request);
            case TOKEN -> {
                if (settings.metricsToken().isEmpty()) {
                    Site.fail(request, 403, HOW);
                } else if (Bearer.shows(request, settings.metricsToken().get())) {
                    answer(request);
                } else {
                    request.response().putHeader("WWW-Authenticate", "Bearer realm=\"metrics\"");
                    Site.fail(request, 401, "the token is missing or wrong");
                }
            }
        }
    }

    private void answer(HttpServerRequest request) {
        var response = request.response()
                .putHeader("Content-Type", FORMAT)
                .putHeader("Cache-Control", "no-store");
        Page.end(request, response, figures.get().getBytes(StandardCharsets.UTF_8));
    }
}
