package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence.Affinity;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Cors;
import dev.parley.doctor.evidence.Evidence.Reach;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Concludes whether the requests of a session reach its server. */
final class AffinityRules {

    private AffinityRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var bare = log.affinity(ClientMode.NEW_CONNECTIONS);
        var cookies = log.affinity(ClientMode.COOKIES);
        var kept = log.affinity(ClientMode.KEEP_ALIVE);
        if (bare.filter(seen -> seen.requests() > 0).isEmpty()) {
            return List.of();
        }
        var evidence = new ArrayList<String>();
        for (Optional<Affinity> seen : List.of(bare, cookies, kept)) {
            seen.ifPresent(one -> evidence.add(description(one)));
        }
        boolean several = bare.get().namesSeveral();
        if (several) {
            evidence.add(names(bare.get()));
        }
        var shown = evidence.toArray(String[]::new);
        if (bare.get().repeated() > 0) {
            return List.of(cached(log, bare.get(), evidence));
        }
        if (bare.get().lost() == 0 && bare.get().failed() > 0 && RateRules.judges(log)) {
            return List.of();
        }
        if (bare.get().lost() == 0 && bare.get().failed() > 0) {
            return List.of(unanswered(bare.get(), evidence));
        }
        if (bare.get().lost() == 0) {
            var holds = Finding.ok(Cause.AFFINITY_HOLDS, "Every request reaches the server of its session",
                    shown);
            return several ? List.of(holds, actsAsOne(bare.get())) : List.of(holds);
        }
        var platform = PlatformDetector.main(log);
        boolean byCookie = cookies.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        if (byCookie && bare.get().cookies().isEmpty()) {
            return List.of(Finding.impaired(Cause.NO_AFFINITY,
                    "Some sessions were lost, in one series of requests only",
                    "Requests reached a server that did not know their session, and in a later series none did; no cookie leads them. A server may have restarted meanwhile, or requests reach servers by chance.",
                    shown)
                    .fix("Run the doctor again. If it stays so: " + Remedies.affinity(platform).text())
                    .with(Confidence.LIKELY));
        }
        if (byCookie) {
            var names = bare.get().cookies();
            var stranger = log.first(Cors.class)
                    .filter(seen -> seen.asked() && !sameSite(log, seen.origin()))
                    .filter(seen -> !seen.ok().credentials()
                            || names.stream().noneMatch(seen.crossSiteCookies()::contains));
            if (stranger.isPresent()) {
                return List.of(fromElsewhere(stranger.get(), names, evidence));
            }
            return List.of(Finding.note(Cause.AFFINITY_BY_COOKIE,
                    "Affinity by cookie: " + String.join(", ", names),
                    "Requests reach their server if the client keeps cookies. A browser does on the same site. From another site it needs "
                            + "withCredentials. Clients outside browsers usually keep no cookies and receive \"Session ID unknown\".",
                    shown)
                    .fix("In pages of another origin: withCredentials: true, and the cookie with SameSite=None; Secure. In Node: extraHeaders or an agent that keeps cookies."));
        }
        boolean cookiesExamined = cookies.filter(seen -> seen.requests() > 0).isPresent();
        if (!cookiesExamined && !bare.get().cookies().isEmpty()) {
            return List.of(Finding.unknown(Cause.NOT_EXAMINED,
                    "Not known: whether a cookie leads requests to the server of their session",
                    "Without cookies, requests reach servers that do not know their session. The server sets a cookie, but requests with it could not be examined.",
                    shown).fix("Run the doctor again; without --quick it waits longer."));
        }
        boolean keptHolds = kept.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        String meaning = "Requests of one session reach different servers. Servers without the session respond \"Session ID unknown\": clients "
                + "connect, fail and start again, repeatedly. There are " + servers(bare.get()) + "."
                + (keptHolds ? " Affinity holds on one connection, but browsers open several." : "");
        if (platform.isServerless()) {
            return List.of(Finding.broken(Cause.SERVERLESS,
                    "A serverless platform (" + platform.title() + ") answers, which holds no session",
                    "Each request may reach a function that does not know the session. Clients connect, fail and start again, repeatedly.",
                    shown).fix(Remedies.affinity(platform)).with(Confidence.LIKELY));
        }
        boolean sure = several || !mayBeOne(bare.get(), kept);
        return List.of(Finding.broken(Cause.NO_AFFINITY,
                "No affinity between servers"
                        + (sure ? "" : ", or one server that forgets its sessions or fails"),
                sure ? meaning
                        : meaning
                                + " If there is only one, it lost these sessions itself: by a restart or a fault.",
                shown)
                .with(sure ? Confidence.CERTAIN : Confidence.LIKELY)
                .fix(several ? Remedies.affinity(platform)
                        .and("Or make the Parley servers one cluster, which needs no affinity: all with the same Redis, prefix and secret.")
                        : Remedies.affinity(platform)));
    }

    /** A single server that fails or restarts loses sessions as well: all of them, on one connection too, or with an empty error. */
    private static boolean mayBeOne(Affinity bare, Optional<Affinity> kept) {
        return bare.blank() > 0 || bare.lost() == bare.requests()
                || kept.filter(seen -> seen.requests() > 0 && seen.lostShare() * 2 >= bare.lostShare())
                        .isPresent();
    }

    /** Without affinity, requests of a session reach other servers too, and these pass them on. */
    private static Finding actsAsOne(Affinity seen) {
        return Finding.ok(Cause.CLUSTER_ACTS_AS_ONE, "At least " + seen.servers() + " servers act as one",
                names(seen), "all " + seen.requests()
                        + " requests to these sessions succeeded, each on a new connection and without cookies");
    }

    private static String names(Affinity seen) {
        return "the ids of " + seen.sessions() + " sessions name " + seen.servers() + " servers";
    }

    private static Finding fromElsewhere(Cors seen, Set<String> names, List<String> evidence) {
        var shown = new ArrayList<>(evidence);
        shown.add("cookies that a browser sends from another site: "
                + (seen.crossSiteCookies().isEmpty() ? "none" : String.join(", ", seen.crossSiteCookies())));
        shown.add("Access-Control-Allow-Credentials: " + (seen.ok().credentials() ? "true" : "absent"));
        return Finding.broken(Cause.AFFINITY_BY_COOKIE,
                "Affinity by cookie (" + String.join(", ", names) + ") fails for pages of " + seen.origin(),
                "From another site a browser does not send the cookie, so requests reach servers that do not know their session: "
                        + "\"Session ID unknown\". Pages of the same site work.",
                shown.toArray(String[]::new))
                .fix("Set SameSite=None; Secure on the cookie (over HTTPS), allow credentials in CORS, and set withCredentials: true in the client. Or serve both from one site.")
                .with(Confidence.LIKELY);
    }

    /** Compares the last two labels of the names. Does not know the public suffix list. */
    private static boolean sameSite(EvidenceLog log, String origin) {
        String page = origin.replaceFirst("(?i)^https?://", "").replaceFirst(":\\d*$", "");
        return log.all(Reach.class)
                .reduce((first, second) -> second)
                .filter(reach -> site(reach.host()).equals(site(page)))
                .isPresent();
    }

    private static String site(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.matches("[0-9.]+|.*:.*") ? name : name.replaceFirst("^.*\\.(?=[^.]+\\.[^.]+$)", "");
    }

    /** Requests that failed for other reasons say nothing about affinity. */
    private static Finding unanswered(Affinity seen, List<String> evidence) {
        var shown = new ArrayList<>(evidence);
        seen.failure().ifPresent(one -> shown.add("one of them: " + HandshakeRules.shown(one)));
        var all = shown.toArray(String[]::new);
        if (seen.failed() * 2 < seen.requests()) {
            return Finding
                    .note(Cause.SESSION_UNANSWERED, "Some requests of a session fail",
                            "A client treats such a failure as a lost connection and starts again.", all)
                    .fix("Check whether the server was busy or restarted, and run the doctor again.")
                    .with(Confidence.LIKELY);
        }
        var refusal = seen.failure().flatMap(HandshakeRules::refusal);
        if (refusal.isPresent()) {
            return Finding.broken(Cause.SESSION_UNANSWERED,
                    "A session opens, and then its requests are refused with " + refusal.get().status(),
                    "The handshake succeeds, but later requests are refused before they reach the server: clients connect, fail and start again.",
                    all).fix(HandshakeRules.letPass(refusal.get())).with(Confidence.LIKELY);
        }
        return Finding.broken(Cause.SESSION_UNANSWERED, "A session opens, and then its requests fail",
                "The handshake is answered, but later requests are not, or not in time: clients connect, wait, fail and start again.",
                all)
                .fix("Check whether the server hangs, and whether a proxy or a firewall rule blocks POST or slow requests.")
                .with(Confidence.LIKELY);
    }

    /** The same session id twice is the same response twice. */
    private static Finding cached(EvidenceLog log, Affinity seen, List<String> evidence) {
        var shown = new ArrayList<>(evidence);
        shown.addFirst(seen.repeated() + " of " + seen.sessions()
                + " handshakes brought a session id that another one had brought before");
        log.responses()
                .flatMap(response -> response.headers().first("age").stream())
                .findFirst()
                .ifPresent(age -> shown.add("Age: " + age));
        return Finding.broken(Cause.CACHED, "A cache answers handshakes",
                "Clients receive the session of another client, or one that has ended: they connect, fail and start again, or receive messages of others.",
                shown.toArray(String[]::new)).fix(Remedies.cache(PlatformDetector.main(log)));
    }

    /**
     * Returns the number of servers as it can be known. The ids of some servers name them. Else a loss proves two; with n evenly used servers a
     * share of 1 − 1/n of the requests is lost, which is an estimate.
     */
    static String servers(Affinity seen) {
        if (seen.servers() > 1) {
            return "at least " + seen.servers() + " servers, by the names in their session ids";
        }
        double share = seen.lostShare();
        long guess = Math.round(1 / (1 - share));
        return "at least 2 servers"
                + (share > 0.9 || guess < 3 ? "" : ", by the share of failures about " + guess);
    }

    private static String description(Affinity seen) {
        String text = seen.mode().description() + ": " + seen.lost() + " of " + seen.requests()
                + " requests reached a server that did not know the session";
        if (seen.lost() > 0) {
            text += String.format(Locale.ROOT, " (%.0f %%)", seen.lostShare() * 100);
        }
        if (seen.failed() > 0) {
            text += ", " + seen.failed() + " failed for other reasons";
        }
        if (seen.closed() > 0) {
            text += ", the connection was closed " + Quantities.count(seen.closed(), "time");
        }
        return seen.cookies().isEmpty() ? text
                : text + "; cookies offered: " + String.join(", ", seen.cookies());
    }
}
