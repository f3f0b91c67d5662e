package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Affinity;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Concludes from requests that fail now and then, from limits on requests, and from slow responses. */
final class RateRules {
    /** An ordinary client sends about as many requests in its first seconds. */
    private static final int FEW = 40;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration LONG_INTERVAL = Duration.ofSeconds(55);

    private RateRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        boolean open = log.handshakeByPolling().isPresent();
        log.first(Evidence.Held.class)
                .filter(seen -> open || log.polling(4).isEmpty())
                .ifPresent(seen -> findings.add(open ? held(seen) : refused(seen)));
        log.polling(4)
                .filter(seen -> seen.handshake().isPresent() && !seen.failed().isEmpty())
                .ifPresent(seen -> findings.add(sometimes(
                        seen.failed().size() + " of " + (seen.failed().size() + 1) + " handshakes failed",
                        seen.failed().getFirst())));
        burst(log).ifPresent(findings::add);
        slow(log).ifPresent(findings::add);
        log.handshake()
                .filter(seen -> seen.pingInterval().compareTo(LONG_INTERVAL) > 0)
                .ifPresent(seen -> findings.add(interval(seen.pingInterval())));
        return findings;
    }

    private static Finding refused(Evidence.Held seen) {
        return ProtocolRules.limited("HTTP " + seen.response().status(), seen.response());
    }

    private static Finding held(Evidence.Held seen) {
        var finding = seen.response().status() == 503 ? Finding.impaired(Cause.RATE_LIMITED,
                "Some requests are refused for now (503 with Retry-After)",
                "A component asked to come back later, because of a limit on requests, an overload or maintenance, so the doctor sent no more for now.",
                "HTTP 503 after " + Quantities.count(seen.requests(), "request"), wait(seen.response()))
                .fix("Look for the limit or the maintenance of the component that responds. Then run the doctor again.")
                .with(Confidence.LIKELY)
                : Finding.impaired(Cause.RATE_LIMITED, "The server limits the number of requests",
                        "A component refused a request because there were too many, so the doctor sent no more for now. Polling needs about two requests for each message.",
                        "HTTP " + seen.response().status() + " after "
                                + Quantities.count(seen.requests(), "request"),
                        wait(seen.response()))
                        .fix("Raise the limit for the path of Socket.IO, or count sessions in place of requests. Then run the doctor again.");
        return seen.requests() <= FEW ? finding : finding.with(Severity.NOTE);
    }

    static String wait(Response response) {
        return response.headers()
                .first("retry-after")
                .map(value -> "Retry-After: " + value)
                .orElse("no Retry-After");
    }

    static Finding sometimes(String count, Outcome one) {
        return Finding.impaired(Cause.SOME_REQUESTS_FAIL, "Some requests fail",
                "One of several servers behind a proxy may be down, or the server restarts or is overloaded; 503 is also how some limit requests (nginx: limit_req). A client treats such a failure as a lost connection and starts again.",
                count, "one of them: " + HandshakeRules.shown(one))
                .fix("Look in the proxy's log for the server that does not respond, and let the proxy check the health of its servers.")
                .with(Confidence.LIKELY);
    }

    /** Returns whether failures of a burst were looked at one by one, so that the rule here judges them. */
    static boolean judges(EvidenceLog log) {
        return log.all(Evidence.OneAtATime.class).anyMatch(series -> series.failed() < series.asked());
    }

    /** Returns whether a proxy refused a request as it refused others that have a finding of their own. */
    static boolean isOneOfSome(EvidenceLog log, Outcome outcome) {
        boolean some = judges(log) || log.polling(4)
                .filter(seen -> seen.handshake().isPresent() && !seen.failed().isEmpty())
                .isPresent();
        return some && outcome.response().filter(Response::isOfProxy).isPresent();
    }

    private static Optional<Finding> burst(EvidenceLog log) {
        var seen = log.affinity(ClientMode.NEW_CONNECTIONS);
        // The slowest series.
        var series = log.all(Evidence.OneAtATime.class)
                .reduce((first, second) -> second)
                .filter(some -> judges(log));
        if (seen.isEmpty() || series.isEmpty() || seen.get().failure().isEmpty()) {
            return Optional.empty();
        }
        Affinity burst = seen.get();
        var one = burst.failure().get();
        boolean slowed = log.all(Evidence.OneAtATime.class).count() > 1;
        // Of requests that fail by chance, but seldom, so few may succeed, too.
        boolean seldom = slowed && burst.failed() * 3 < burst.sessions();
        if (series.get().failed() > 0 || seldom || !one.hasStatus(503)) {
            return Optional.of(sometimes(burst.failed() + " requests of " + burst.sessions()
                    + " sessions, and " + series.get().failed() + " of " + series.get().asked()
                    + " sessions opened one at a time", one));
        }
        return Optional.of(Finding.impaired(Cause.RATE_LIMITED,
                "Requests are refused when several come at once",
                "Single sessions work, but of some opened at once requests were refused with 503: so does a limit on requests or connections. A busy server does so, too.",
                burst.failed() + " requests of " + burst.sessions() + " sessions failed, four at once: "
                        + HandshakeRules.shown(one),
                "none of " + series.get().asked() + " sessions opened one at a time failed" + (slowed
                        ? ", with a pause of seconds before each; of those with a shorter pause some did"
                        : ""))
                .fix("Raise the limit (in nginx: limit_req and limit_conn answer 503) for the path of Socket.IO.")
                .with(Confidence.LIKELY));
    }

    private static Optional<Finding> slow(EvidenceLog log) {
        var trip = log.all(Evidence.Reach.class)
                .map(Evidence.Reach::tcp)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        var times = log.all(Evidence.Polling.class)
                .filter(seen -> seen.handshake().isPresent())
                .flatMap(seen -> seen.outcome().response().stream())
                .map(Response::firstByte)
                .toList();
        var least = times.stream().min(Duration::compareTo);
        if (times.size() < 2 || least.get().minus(trip).compareTo(SLOW) < 0) {
            return Optional.empty();
        }
        return Optional.of(Finding
                .impaired(Cause.SLOW_ANSWERS, "The server answers slowly",
                        "Each request waits about this long. Over polling, so does each message.",
                        "the faster of " + times.size() + " handshakes was answered after "
                                + Quantities.time(least.get()),
                        "TCP connected in " + Quantities.time(trip))
                .fix("Find what the server or a component in front of it does before it answers: a cold start, a lookup, a full queue.")
                .with(Confidence.LIKELY));
    }

    private static Finding interval(Duration interval) {
        return Finding.note(Cause.PING_INTERVAL_LONG,
                "The server pings only every " + Quantities.time(interval),
                "Many proxies close connections that are silent for 60 s, some earlier. Quiet connections then end before the ping.",
                "pingInterval " + interval.toMillis() + " ms")
                .fix("pingInterval: 25000, which is the default, survives most proxies.");
    }
}
