package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence.Cors;
import dev.parley.doctor.evidence.Evidence.Grant;
import java.util.List;

/** What a browser allows a page of another origin. */
final class BrowserRules {

    private BrowserRules() {}

    static List<Finding> judge(CaseFile file) {
        return file.first(Cors.class)
                .filter(seen -> seen.okStatus() > 0)
                .map(seen -> List.of(judge(file, seen)))
                .orElse(List.of());
    }

    private static Finding judge(CaseFile file, Cors seen) {
        String ok = "on a handshake (" + seen.okStatus() + "): " + words(seen.ok());
        String error = "on an error: " + seen.error().map(BrowserRules::words).orElse("no answer at all");
        String preflight = "on a preflight (" + seen.preflightStatus() + "): " + words(seen.preflight());
        if (seen.sameOrigin()) {
            return Finding.fine(Cause.CORS_RIGHT, "The page is of the same origin, so CORS does not matter",
                    ok);
        }
        if (seen.ok().allowOrigin().equals("*") && seen.ok().credentials()) {
            return Finding.impaired(Cause.CORS_WILDCARD_WITH_CREDENTIALS,
                    "CORS allows everybody, with credentials",
                    "Browsers refuse this pair: a client with withCredentials: true cannot read any answer. It also invites other pages to use the user's cookies.",
                    ok)
                    .fix("Name the allowed origins: cors: { origin: [\"https://your.page\"], credentials: true } (Parley: --allowed-origins).");
        }
        boolean letsIn = seen.ok().letsIn(seen.origin());
        if (!letsIn) {
            return missing(seen, ok);
        }
        if (seen.error().filter(grant -> !grant.letsIn(seen.origin())).isPresent()) {
            return Finding.impaired(Cause.CORS_LOST_ON_ERRORS, "Errors lack the headers of CORS",
                    "When something goes wrong, the browser hides the error and reports CORS instead: people look for the wrong fault.",
                    ok, error).fix(Remedies.corsOnErrors(Recognition.main(file)));
        }
        if (seen.preflightStatus() >= 400 || !seen.preflight().letsIn(seen.origin())) {
            return Finding.note(Cause.CORS_PREFLIGHT_REFUSED, "Preflights are refused",
                    "Only clients with headers of their own (extraHeaders, such as Authorization) need them; those cannot connect from another origin.",
                    ok, preflight)
                    .fix("Answer OPTIONS on this path with 204 and Access-Control-Allow-Origin, -Methods and -Headers; a proxy must pass OPTIONS on.");
        }
        return Finding.fine(Cause.CORS_RIGHT, "Pages of " + seen.origin() + " may connect", ok, error,
                preflight);
    }

    private static Finding missing(Cors seen, String ok) {
        if (!seen.asked()) {
            return Finding.note(Cause.CORS_MISSING, "Pages of other origins may not connect",
                    "That is the safe default, and right if your page comes from this server. --origin https://your.page asks for yours.",
                    ok);
        }
        return Finding.broken(Cause.CORS_MISSING, "Pages of " + seen.origin() + " may not connect",
                "The browser hides every answer from this page: \"xhr poll error\", blocked by CORS policy.",
                ok)
                .fix("Add " + seen.origin() + " to the server's allowed origins: cors: { origin: \""
                        + seen.origin() + "\" } (Parley: --allowed-origins " + seen.origin() + ").");
    }

    private static String words(Grant grant) {
        return grant.allowOrigin().isEmpty() ? "no Access-Control-Allow-Origin"
                : "Access-Control-Allow-Origin: " + grant.allowOrigin()
                        + (grant.credentials() ? ", with credentials" : "");
    }
}
