package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Looks for the development servers of Vite and webpack, whose proxies forward WebSocket only when told. */
public final class DevServerProbe implements Probe {
    private static final String VITE = "/@vite/client";
    private static final String WEBPACK = "/webpack-dev-server";
    private static final Duration MOST = Duration.ofSeconds(1);

    @Override
    public String title() {
        return "Development servers";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        if (is(client, VITE, "javascript", "vite")) {
            return List.of(new Evidence.DevServer(true));
        }
        return is(client, WEBPACK, "html", "assets report") ? List.of(new Evidence.DevServer(false))
                : List.of();
    }

    private static boolean is(ProbeClient client, String path, String type, String text) {
        return client.send(Request.get(path), ProbeClient.shorterOf(MOST, client.responseTimeout()))
                .response()
                .filter(response -> response.status() == 200
                        && response.headers().contains("content-type", type))
                .map(Response::text)
                .filter(body -> body.toLowerCase(Locale.ROOT).contains(text))
                .isPresent();
    }
}
