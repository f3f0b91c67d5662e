package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Concludes from the URL and the page's origin what only a browser can see, so at most as possible. */
final class BrowserRules {
    private static final String LOOPBACK = "localhost|127\\..*|\\[?::1]?|.*\\.localhost";
    private static final String PRIVATE = "10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|169\\.254\\..*";

    private BrowserRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        log.first(Evidence.Cors.class).filter(Evidence.Cors::asked).ifPresent(seen -> {
            String server = host(log.url());
            String page = host(seen.origin());
            boolean secure = seen.origin().toLowerCase(Locale.ROOT).startsWith("https://");
            if (secure && log.url().startsWith("http://") && !server.matches(LOOPBACK)) {
                findings.add(Finding.impaired(Cause.MIXED_CONTENT,
                        "A page over HTTPS connects to a server without TLS",
                        "Browsers block such requests as mixed content before they are sent. Only a browser can show it.",
                        "origin " + seen.origin(), "server " + log.url())
                        .fix("Serve Socket.IO over https://, best on the origin of the page.")
                        .with(Confidence.POSSIBLE));
            }
            if (server.matches(PRIVATE) && !page.matches(PRIVATE + "|" + LOOPBACK)) {
                findings.add(Finding.note(Cause.PRIVATE_NETWORK,
                        "A page of the internet connects to a private address",
                        "Browsers ask the user first, or refuse: access to the local network. Only a browser can show it.",
                        "origin " + seen.origin(), "server " + server)
                        .fix("Serve the page from the private network too, or give the server a public address.")
                        .with(Confidence.POSSIBLE));
            }
        });
        return findings;
    }

    private static String host(String url) {
        return url.toLowerCase(Locale.ROOT)
                .replaceFirst("^[a-z]+://", "")
                .replaceFirst("/.*$", "")
                .replaceFirst(":\\d*$", "");
    }
}
