package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Grant;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a browser would be told about a page of another origin: on a handshake, on an error and on a preflight. */
public final class CorsProbe implements Probe {
    /** Nobody's: what is allowed to it is allowed to all. */
    private static final String STRANGER = "https://page.example";

    @Override
    public String title() {
        return "CORS";
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        var target = caller.target();
        String origin = target.origin().orElse(STRANGER);
        String handshake = target.target(caller.revision(), "polling", Optional.empty());
        var ok = caller.call(Request.get(handshake).with("Origin", origin), caller.answer());
        ok.answer()
                .flatMap(answer -> Handshake.read(answer.text()))
                .ifPresent(open -> PollingProbe.end(caller, open));
        String unknown = target.target(caller.revision(), "polling", Optional.of("no-such-session"));
        var error = caller.call(Request.get(unknown).with("Origin", origin), caller.answer());
        var preflight = caller
                .call(new Request("OPTIONS", handshake, List.of(), new byte[0]).with("Origin", origin)
                        .with("Access-Control-Request-Method", "POST")
                        .with("Access-Control-Request-Headers", "authorization"), caller.answer());
        return List.of(new Evidence.Cors(origin, target.origin().isPresent(),
                origin.equalsIgnoreCase(target.endpoint().origin()), grant(ok),
                error.answer().map(answer -> grant(error)), grant(preflight), status(preflight), status(ok),
                ok.answer().map(answer -> answer.headers().crossSiteCookieNames()).orElse(Set.of())));
    }

    private static int status(Outcome outcome) {
        return outcome.answer().map(answer -> answer.status()).orElse(0);
    }

    private static Grant grant(Outcome outcome) {
        return outcome.answer()
                .map(answer -> answer.headers())
                .map(headers -> new Grant(headers.first("access-control-allow-origin").orElse(""),
                        headers.says("access-control-allow-credentials", "true"),
                        headers.first("access-control-allow-methods").orElse(""),
                        headers.first("access-control-allow-headers").orElse("")))
                .orElse(new Grant("", false, "", ""));
    }
}
