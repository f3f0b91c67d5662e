package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Endpoint;
import dev.parley.doctor.wire.Request;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Whether requests are sent elsewhere, and what becomes of a POST then. */
public final class RedirectProbe {

    private RedirectProbe() {}

    /** One hop, and where it leads if that can be examined. */
    public record Redirect(Evidence.Hop hop, Optional<Target> onward) {}

    /** Empty if a handshake is answered here. */
    public static Optional<Redirect> examine(Caller caller) {
        var target = caller.target();
        var answer = caller.call(Request.get(target.target(4, "polling", Optional.empty())), caller.answer())
                .answer();
        if (answer.isEmpty() || !answer.get().isRedirect()) {
            answer.flatMap(shaken -> Handshake.read(4, shaken.text()))
                    .ifPresent(open -> PollingProbe.end(caller, open));
            return Optional.empty();
        }
        String to = answer.get().headers().first("location").orElse("");
        var post = caller.call(Request.post(target.target(4, "polling", Optional.of("none")), "40"),
                caller.answer());
        int postStatus = switch (post) {
            case Outcome.Answered answered -> answered.got().status();
            case Outcome.Failed failed -> 0;
        };
        var onward = onward(target, to);
        String shown = onward.map(Target::url).orElse(to.replaceFirst("\\?.*", ""));
        return Optional.of(new Redirect(new Evidence.Hop(answer.get().status(), postStatus, shown), onward));
    }

    private static Optional<Target> onward(Target from, String location) {
        try {
            var to = URI.create(from.url()).resolve(location);
            String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
            if (to.getHost() == null || to.getPort() > 65_535
                    || (!scheme.equals("http") && !scheme.equals("https"))) {
                return Optional.empty();
            }
            boolean tls = scheme.equals("https");
            int port = to.getPort() > 0 ? to.getPort() : tls ? 443 : 80;
            String path = to.getPath() == null || to.getPath().isEmpty() ? "/" : to.getPath();
            return Optional.of(from.at(new Endpoint(to.getHost(), port, tls), path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
