package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence.Affinity;
import dev.parley.doctor.evidence.Evidence.Cors;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Evidence.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether the requests of a session find its server. */
final class AffinityRules {

    private AffinityRules() {}

    static List<Finding> judge(CaseFile file) {
        var bare = file.affinity(Habit.NEW_CONNECTIONS);
        var cookies = file.affinity(Habit.COOKIES);
        var kept = file.affinity(Habit.KEEP_ALIVE);
        if (bare.filter(seen -> seen.requests() > 0).isEmpty()) {
            return List.of();
        }
        var evidence = new ArrayList<String>();
        for (Optional<Affinity> seen : List.of(bare, cookies, kept)) {
            seen.ifPresent(one -> evidence.add(words(one)));
        }
        var shown = evidence.toArray(String[]::new);
        if (bare.get().lost() == 0 && bare.get().failed() > 0) {
            return List.of(unanswered(bare.get(), evidence));
        }
        if (bare.get().lost() == 0) {
            return List.of(Finding.fine(Cause.AFFINITY_HOLDS, "Every request finds its session", shown));
        }
        var platform = Recognition.main(file);
        boolean byCookie = cookies.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        if (byCookie) {
            var names = bare.get().cookies();
            var stranger = file.first(Cors.class)
                    .filter(seen -> seen.asked() && !sameSite(file, seen.origin()))
                    .filter(seen -> !seen.ok().credentials()
                            || names.stream().noneMatch(seen.kept()::contains));
            if (stranger.isPresent()) {
                return List.of(fromElsewhere(stranger.get(), names, evidence));
            }
            return List.of(Finding.note(Cause.AFFINITY_BY_COOKIE,
                    "Affinity by cookie: " + String.join(", ", names),
                    "Requests find their session if the client keeps cookies. A browser does on the same site; from another site it needs "
                            + "withCredentials, and clients outside browsers commonly keep none: those get \"Session ID unknown\".",
                    shown)
                    .fix("In pages of another origin: withCredentials: true, and the cookie with SameSite=None; Secure. In Node: extraHeaders or an agent that keeps cookies."));
        }
        double share = bare.get().lostShare();
        boolean keptHolds = kept.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        String meaning = "Requests of one session reach different servers, and those that do not know it answer \"Session ID unknown\": clients "
                + "connect, fail and begin again, over and over. From the share of failures: "
                + servers(share) + "."
                + (keptHolds ? " On one connection it holds, but browsers open several." : "");
        return List.of(Finding.broken(Cause.NO_AFFINITY, "No affinity between servers", meaning, shown)
                .fix(Remedies.affinity(platform)));
    }

    private static Finding fromElsewhere(Cors seen, Set<String> names, List<String> evidence) {
        var shown = new ArrayList<>(evidence);
        shown.add("of these a browser sends from another site: "
                + (seen.kept().isEmpty() ? "none" : String.join(", ", seen.kept())));
        shown.add("Access-Control-Allow-Credentials: " + (seen.ok().credentials() ? "true" : "absent"));
        return Finding.broken(Cause.AFFINITY_BY_COOKIE,
                "Affinity by cookie (" + String.join(", ", names) + ") fails for pages of " + seen.origin(),
                "From another site a browser does not send the cookie, so requests meet servers that do not know their session: "
                        + "\"Session ID unknown\", and only there.",
                shown.toArray(String[]::new))
                .fix("Let the cookie be SameSite=None; Secure (over HTTPS), allow credentials in CORS, and set withCredentials: true in the client; or serve both from one site.")
                .but(Confidence.LIKELY);
    }

    /** By the last two labels of the names; which endings are shared by many sites is not known here. */
    private static boolean sameSite(CaseFile file, String origin) {
        String page = origin.replaceFirst("(?i)^https?://", "").replaceFirst(":\\d*$", "");
        return file.all(Reach.class)
                .reduce((first, second) -> second)
                .filter(reach -> site(reach.host()).equals(site(page)))
                .isPresent();
    }

    private static String site(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.matches("[0-9.]+|.*:.*") ? name : name.replaceFirst("^.*\\.(?=[^.]+\\.[^.]+$)", "");
    }

    /** That no server disowned a session says nothing where its requests failed for another reason. */
    private static Finding unanswered(Affinity seen, List<String> evidence) {
        var shown = new ArrayList<>(evidence);
        seen.failure().ifPresent(one -> shown.add("one of them: " + HandshakeRules.shown(one)));
        var all = shown.toArray(String[]::new);
        if (seen.failed() * 2 < seen.requests()) {
            return Finding
                    .note(Cause.SESSION_UNANSWERED, "Some requests of a session fail",
                            "A client meets such a failure as a lost connection, and begins again.", all)
                    .fix("See whether the server was busy or restarted just then; look again.")
                    .but(Confidence.LIKELY);
        }
        var refusal = seen.failure().flatMap(HandshakeRules::refusal);
        if (refusal.isPresent()) {
            return Finding.broken(Cause.SESSION_UNANSWERED,
                    "A session opens, and then its requests are refused with " + refusal.get().status(),
                    "The handshake passes, but what follows is refused before it reaches the server: clients connect, fail and begin again.",
                    all).fix(HandshakeRules.letPass(refusal.get())).but(Confidence.LIKELY);
        }
        return Finding.broken(Cause.SESSION_UNANSWERED, "A session opens, and then its requests fail",
                "The handshake is answered, but what follows is not, or not in time: clients connect, wait, fail and begin again.",
                all)
                .fix("See whether the server hangs, and whether a proxy or a firewall rule stops POST or requests that take longer than a moment.")
                .but(Confidence.LIKELY);
    }

    /** Of n servers, evenly used, a request misses its own in 1 − 1/n of the cases; near 1 that says nothing of n. */
    static String servers(double lostShare) {
        return lostShare > 0.9 ? "several servers"
                : "about " + Math.max(2, Math.round(1 / (1 - lostShare))) + " servers";
    }

    private static String words(Affinity seen) {
        String text = seen.habit().words() + ": " + seen.lost() + " of " + seen.requests()
                + " requests met a server that did not know the session";
        if (seen.lost() > 0) {
            text += String.format(Locale.ROOT, " (%.0f %%)", seen.lostShare() * 100);
        }
        if (seen.failed() > 0) {
            text += ", " + seen.failed() + " failed otherwise";
        }
        if (seen.closed() > 0) {
            text += ", the connection was closed " + Numbers.count(seen.closed(), "time");
        }
        return seen.cookies().isEmpty() ? text
                : text + "; cookies offered: " + String.join(", ", seen.cookies());
    }
}
