package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.CorsHeaders;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.PacketCodec;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import java.util.List;
import java.util.Set;

/** Reads the CORS headers of a handshake, an error and a preflight for a page of another origin. */
public final class CorsProbe implements Probe {
    /** A reserved name: an origin that is allowed here is allowed everywhere. */
    private static final String STRANGER = "https://page.example";

    @Override
    public String title() {
        return "CORS";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        var target = client.target();
        String origin = target.origin().orElse(STRANGER);
        String handshake = client.handshakeTarget();
        var ok = client.send(Request.get(handshake).with("Origin", origin), client.responseTimeout());
        ok.response()
                .flatMap(response -> PacketCodec.anyHandshake(response.body()))
                .ifPresent(open -> PollingProbe.closeSession(client, open));
        String unknown = client.pollingTarget("no-such-session");
        var error = client.send(Request.get(unknown).with("Origin", origin), client.responseTimeout());
        var preflight = client
                .send(new Request("OPTIONS", handshake, List.of(), new byte[0]).with("Origin", origin)
                        .with("Access-Control-Request-Method", "POST")
                        .with("Access-Control-Request-Headers", "authorization"), client.responseTimeout());
        return List.of(new Evidence.Cors(origin, target.origin().isPresent(),
                origin.equalsIgnoreCase(target.endpoint().origin()), grant(ok),
                error.response().filter(CorsProbe::isOfServer).map(response -> grant(error)),
                grant(preflight), status(preflight), status(ok),
                ok.response().map(response -> response.headers().crossSiteCookieNames()).orElse(Set.of())));
    }

    /** A limit or a proxy that responds in place of the server sets no CORS headers of the server. */
    private static boolean isOfServer(Response response) {
        return response.status() != 429 && !response.isOfProxy();
    }

    private static int status(Outcome outcome) {
        return outcome.response().map(response -> response.status()).orElse(0);
    }

    private static CorsHeaders grant(Outcome outcome) {
        return outcome.response()
                .map(response -> response.headers())
                .map(headers -> new CorsHeaders(String.join(", ", headers.all("access-control-allow-origin")),
                        headers.contains("access-control-allow-credentials", "true"),
                        headers.first("access-control-allow-methods").orElse(""),
                        headers.first("access-control-allow-headers").orElse(""),
                        headers.all("access-control-allow-origin").size()))
                .orElse(new CorsHeaders("", false, "", "", 0));
    }
}
