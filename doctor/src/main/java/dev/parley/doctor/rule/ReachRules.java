package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Failure;
import java.util.ArrayList;
import java.util.List;

/** The name, the connection, TLS, redirects. */
final class ReachRules {

    private ReachRules() {}

    static List<Finding> judge(CaseFile file) {
        var findings = new ArrayList<Finding>();
        file.all(Evidence.Reach.class).forEach(reach -> reach(reach, findings));
        file.first(Evidence.Redirected.class)
                .filter(seen -> !seen.hops().isEmpty())
                .ifPresent(seen -> findings.add(redirected(file, seen)));
        return findings;
    }

    private static void reach(Evidence.Reach reach, List<Finding> findings) {
        if (reach.failure().isPresent()) {
            findings.add(unreachable(reach, reach.failure().get()));
            return;
        }
        var found = new ArrayList<String>();
        found.add("name looked up in " + Numbers.time(reach.dns()) + ": "
                + Numbers.count(reach.addresses().size(), "address").replace("addresss", "addresses"));
        found.add("TCP connected in " + Numbers.time(reach.tcp()));
        reach.tls().ifPresent(tls -> {
            found.add(tls.protocol() + " in " + Numbers.time(tls.time())
                    + (tls.alpn().isEmpty() ? ", no ALPN" : ", ALPN chose " + tls.alpn()));
            tls.webSocketOverHttp2()
                    .ifPresent(takes -> found.add("WebSocket over HTTP/2 (extended CONNECT) is "
                            + (takes ? "" : "not ") + "announced"));
        });
        findings.add(Finding.fine(Cause.REACHABLE, "The host can be reached", found.toArray(String[]::new)));
        boolean stuck = reach.tls()
                .filter(tls -> !tls.http1() && !tls.webSocketOverHttp2().orElse(false))
                .isPresent();
        if (stuck) {
            findings.add(Finding.impaired(Cause.NO_HTTP1, "HTTP/2 only, and without WebSocket",
                    "Browsers open a WebSocket over HTTP/1.1 unless the server announces extended CONNECT; here they can do neither.",
                    "ALPN chose h2 even when only http/1.1 was offered, or refused; SETTINGS_ENABLE_CONNECT_PROTOCOL is not 1")
                    .fix("Let the TLS end also offer http/1.1 in ALPN, or enable extended CONNECT (RFC 8441)."));
        }
    }

    private static Finding unreachable(Evidence.Reach reach, Failure failure) {
        String where = reach.host() + " port " + reach.port();
        return switch (failure.kind()) {
            case UNKNOWN_HOST -> Finding
                    .broken(Cause.UNREACHABLE, "The name " + reach.host() + " has no address",
                            "Nothing can connect: the DNS knows no such name.", failure.words())
                    .fix("Look for a typing error in the name, or add the DNS record.");
            case REFUSED -> Finding
                    .broken(Cause.UNREACHABLE, "Nobody listens on " + where,
                            "The host is there, but nothing listens on this port.", failure.words())
                    .fix("Start the server, or use the port that it listens on.");
            case TLS -> reach.certificate()
                    .map(shown -> CertificateRules.judge(reach.host(), shown, failure))
                    .orElseGet(() -> Finding.broken(Cause.TLS_INVALID, "TLS with " + where + " fails",
                            "Browsers refuse the connection: the other end shows no certificate, so it probably does not speak TLS.",
                            failure.words())
                            .fix("If the server speaks no TLS, use http://; else install a certificate for "
                                    + reach.host() + " with its whole chain.")
                            .but(Confidence.LIKELY));
            case TLS_TIMEOUT -> Finding
                    .broken(Cause.TLS_INVALID, where + " takes the connection, but does not answer TLS",
                            "The port is open; who listens there speaks no TLS, or hangs.", failure.words())
                    .fix("If the server speaks no TLS, use http://; if https:// is right, see whether the server hangs and what else may listen on this port.")
                    .but(Confidence.LIKELY);
            case TIMEOUT, UNREACHABLE, CLOSED, NOT_HTTP ->
                Finding.broken(Cause.UNREACHABLE, where + " does not answer",
                        "Nothing can connect: a firewall, a security group or a route drops what is sent.",
                        failure.words())
                        .fix("Open the port in the firewall or security group, and see that the host is up.")
                        .but(Confidence.LIKELY);
        };
    }

    private static Finding redirected(CaseFile file, Evidence.Redirected seen) {
        var hops = seen.hops();
        String to = hops.getLast().to();
        boolean losesPost = hops.stream()
                .anyMatch(hop -> hop.getStatus() < 307
                        || (hop.postStatus() > 0 && hop.postStatus() < 307 && hop.postStatus() >= 300));
        var evidence = hops.stream()
                .map(hop -> "GET " + hop.getStatus() + ", POST "
                        + (hop.postStatus() == 0 ? "without an answer" : String.valueOf(hop.postStatus()))
                        + " to " + hop.to())
                .toArray(String[]::new);
        if (file.handshake().isEmpty()) {
            return Finding.broken(Cause.REDIRECTED, "Requests are redirected to where no Socket.IO answers",
                    "A login page, a rule for host names or languages, or a circle of redirects stands before the server: a client's requests end there.",
                    evidence)
                    .fix("Exempt the path of Socket.IO from that redirect, or give the doctor what it asks for with --header; if Socket.IO is elsewhere, give that address.")
                    .but(Confidence.LIKELY);
        }
        var finding = losesPost ? Finding.broken(Cause.REDIRECTED,
                "Requests are redirected, and a redirect turns POST into GET",
                "A client that is given this address opens its session, then cannot send: its POSTs arrive as GETs. A WebSocket follows no redirect at all.",
                evidence)
                : Finding.impaired(Cause.REDIRECTED, "Requests are redirected",
                        "Each request of polling takes two round trips, and a WebSocket follows no redirect at all.",
                        evidence);
        return finding.fix("Give clients the final address: " + to);
    }
}
