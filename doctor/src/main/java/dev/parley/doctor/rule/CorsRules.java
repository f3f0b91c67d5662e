package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence.Cors;
import dev.parley.doctor.evidence.Evidence.CorsHeaders;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedies;
import java.util.List;

/** Concludes whether a browser lets a page of another origin connect. */
final class CorsRules {

    private CorsRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        return log.first(Cors.class)
                .filter(seen -> seen.okStatus() > 0)
                .map(seen -> List.of(evaluate(log, seen)))
                .orElse(List.of());
    }

    private static Finding evaluate(EvidenceLog log, Cors seen) {
        String ok = "on a handshake (" + seen.okStatus() + "): " + description(seen.ok());
        String error = "on an error: " + seen.error().map(CorsRules::description).orElse("no response");
        String preflight = "on a preflight (" + seen.preflightStatus() + "): "
                + description(seen.preflight());
        if (seen.sameOrigin()) {
            return Finding.ok(Cause.CORS_RIGHT, "The page has the same origin, so CORS does not apply", ok);
        }
        if (isTemporary(seen.okStatus())) {
            return Finding.unknown(Cause.NOT_EXAMINED,
                    "Not known: whether pages of other origins may connect",
                    "The handshake for CORS failed, and such a response need not have the headers of the server.",
                    ok).fix("Run the doctor again.");
        }
        if (seen.ok().allowOrigin().contains(",")) {
            var doubled = (seen.ok().lines() == 1 ? Finding.broken(Cause.CORS_DOUBLED,
                    "The CORS header has several values",
                    "Browsers accept only one value in Access-Control-Allow-Origin: they block every response for pages of other origins.",
                    ok).fix("Send only the origin of the page that asks, if it is allowed, and Vary: Origin.")
                    : Finding.broken(Cause.CORS_DOUBLED, "The CORS header is sent twice",
                            "Server and proxy both add Access-Control-Allow-Origin, and browsers accept only one value: they block every response for pages of other origins.",
                            ok)
                            .fix("Let only one of them set it: the server, as it knows the allowed origins (then remove the header from the proxy), or the proxy."));
            return seen.asked() ? doubled : doubled.with(Severity.IMPAIRED);
        }
        if (seen.ok().allowOrigin().equals("*") && seen.ok().credentials()) {
            return Finding.impaired(Cause.CORS_WILDCARD_WITH_CREDENTIALS,
                    "CORS allows every origin, with credentials",
                    "Browsers refuse this combination: a client with withCredentials: true cannot read any response. It also invites other pages to use the user's cookies.",
                    ok)
                    .fix("List the allowed origins: cors: { origin: [\"https://your.page\"], credentials: true } (Parley: --allowed-origins).");
        }
        boolean letsIn = seen.ok().allows(seen.origin());
        if (!letsIn) {
            return missing(seen, ok);
        }
        if (seen.error().filter(grant -> !grant.allows(seen.origin())).isPresent()) {
            return Finding.impaired(Cause.CORS_LOST_ON_ERRORS, "Errors lack CORS headers",
                    "The browser hides the error and reports a CORS failure instead, which misleads diagnosis.",
                    ok, error).fix(Remedies.corsOnErrors(PlatformDetector.main(log)));
        }
        if (isTemporary(seen.preflightStatus())) {
            return Finding.ok(Cause.CORS_RIGHT, "Pages of " + seen.origin() + " may connect", ok, error);
        }
        if (seen.preflightStatus() >= 400 || !seen.preflight().allows(seen.origin())) {
            return Finding.note(Cause.CORS_PREFLIGHT_REFUSED, "Preflights are refused",
                    "Only clients with custom headers (extraHeaders, such as Authorization) need preflights. They cannot connect from another origin.",
                    ok, preflight)
                    .fix("Answer OPTIONS on this path with 204 and Access-Control-Allow-Origin, -Methods and -Headers. A proxy must forward OPTIONS.");
        }
        return Finding.ok(Cause.CORS_RIGHT, "Pages of " + seen.origin() + " may connect", ok, error,
                preflight);
    }

    /** Returns whether a limit or a proxy responded in place of the server. */
    private static boolean isTemporary(int status) {
        return status == 429 || status >= 500;
    }

    private static Finding missing(Cors seen, String ok) {
        if (!seen.asked()) {
            return Finding.note(Cause.CORS_MISSING, "Pages of other origins may not connect",
                    "This is the safe default, and correct if your page comes from this server. Examine your own page with --origin https://your.page.",
                    ok);
        }
        return Finding.broken(Cause.CORS_MISSING, "Pages of " + seen.origin() + " may not connect",
                "The browser hides every response from this page: \"xhr poll error\", blocked by CORS policy.",
                ok)
                .fix("Add " + seen.origin() + " to the server's allowed origins: cors: { origin: \""
                        + seen.origin() + "\" } (Parley: --allowed-origins " + seen.origin() + ").");
    }

    private static String description(CorsHeaders grant) {
        return grant.allowOrigin().isEmpty() ? "no Access-Control-Allow-Origin"
                : "Access-Control-Allow-Origin: " + grant.allowOrigin()
                        + (grant.credentials() ? ", with credentials" : "");
    }
}
