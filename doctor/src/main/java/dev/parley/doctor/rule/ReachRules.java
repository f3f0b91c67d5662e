package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import java.util.ArrayList;
import java.util.List;

/** Concludes from DNS, TCP, TLS and redirects. */
final class ReachRules {

    private ReachRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        log.all(Evidence.Reach.class).forEach(reach -> reach(reach, findings));
        log.first(Evidence.Redirected.class)
                .filter(seen -> !seen.hops().isEmpty())
                .ifPresent(seen -> findings.add(redirected(log, seen)));
        return findings;
    }

    private static void reach(Evidence.Reach reach, List<Finding> findings) {
        if (reach.failure().isPresent()) {
            findings.add(unreachable(reach, reach.failure().get()));
            return;
        }
        var found = new ArrayList<String>();
        found.add("name looked up in " + Quantities.time(reach.dns()) + ": "
                + Quantities.count(reach.addresses().size(), "address").replace("addresss", "addresses"));
        found.add("TCP connected in " + Quantities.time(reach.tcp()));
        reach.tls().ifPresent(tls -> {
            found.add(tls.protocol() + " in " + Quantities.time(tls.time())
                    + (tls.alpn().isEmpty() ? ", no ALPN" : ", ALPN chose " + tls.alpn()));
            tls.webSocketOverHttp2()
                    .ifPresent(takes -> found.add("WebSocket over HTTP/2 (extended CONNECT) is "
                            + (takes ? "" : "not ") + "announced"));
        });
        findings.add(Finding.ok(Cause.REACHABLE, "The host is reachable", found.toArray(String[]::new)));
        boolean stuck = reach.tls()
                .filter(tls -> !tls.http1() && !tls.webSocketOverHttp2().orElse(false))
                .isPresent();
        if (stuck) {
            findings.add(Finding.impaired(Cause.NO_HTTP1, "HTTP/2 only, and without WebSocket",
                    "Browsers open a WebSocket over HTTP/1.1 unless the server announces extended CONNECT. Here neither works.",
                    "ALPN chose h2 even when only http/1.1 was offered, or refused; SETTINGS_ENABLE_CONNECT_PROTOCOL is not 1")
                    .fix("Offer http/1.1 in ALPN as well, or enable extended CONNECT (RFC 8441)."));
        }
    }

    private static Finding unreachable(Evidence.Reach reach, ConnectionFailure failure) {
        String where = reach.host() + " port " + reach.port();
        return switch (failure.kind()) {
            case UNKNOWN_HOST ->
                Finding.broken(Cause.UNREACHABLE, "The name " + reach.host() + " has no address",
                        "Clients cannot connect: the DNS has no record for this name.", failure.description())
                        .fix("Check the spelling of the name, or add the DNS record.");
            case REFUSED -> Finding.broken(Cause.UNREACHABLE, "Nothing listens on " + where,
                    "The host is reachable, but no process listens on this port.", failure.description())
                    .fix("Start the server, or use the port that it listens on.");
            case TLS -> reach.certificate()
                    .map(shown -> CertificateRules.evaluate(reach.host(), shown, failure))
                    .orElseGet(() -> Finding.broken(Cause.TLS_INVALID, "TLS with " + where + " fails",
                            "Browsers refuse the connection. The server sends no certificate, so it probably does not use TLS.",
                            failure.description())
                            .fix("If the server does not use TLS, use http://. Otherwise install a certificate for "
                                    + reach.host() + " with the full chain.")
                            .with(Confidence.LIKELY));
            case TLS_TIMEOUT -> Finding
                    .broken(Cause.TLS_INVALID,
                            where + " accepts connections, but does not answer the TLS handshake",
                            "The port is open, but the process behind it does not use TLS, or hangs.",
                            failure.description())
                    .fix("If the server does not use TLS, use http://. If https:// is correct, check whether the server hangs and which process listens on this port.")
                    .with(Confidence.LIKELY);
            case TIMEOUT, UNREACHABLE, CLOSED, NOT_HTTP -> Finding.broken(Cause.UNREACHABLE,
                    where + " does not answer",
                    "Clients cannot connect: a firewall, a security group or a route drops the packets.",
                    failure.description())
                    .fix("Open the port in the firewall or security group, and check that the host is up.")
                    .with(Confidence.LIKELY);
        };
    }

    private static Finding redirected(EvidenceLog log, Evidence.Redirected seen) {
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
        if (log.handshake().isEmpty() && log.polling(4).isPresent()) {
            return Finding.broken(Cause.REDIRECTED, "Requests are redirected to an address without Socket.IO",
                    "A login page, a rule for host names or languages, or a redirect loop intercepts the requests of clients.",
                    evidence)
                    .fix("Exempt the path of Socket.IO from that redirect, or pass the required header with --header. If Socket.IO is at another address, examine that address.")
                    .with(Confidence.LIKELY);
        }
        var finding = losesPost ? Finding.broken(Cause.REDIRECTED,
                "Requests are redirected, and a redirect turns POST into GET",
                "A client with this address opens a session, but cannot send: its POSTs arrive as GETs. A WebSocket follows no redirect.",
                evidence)
                : Finding.impaired(Cause.REDIRECTED, "Requests are redirected",
                        "Each polling request takes two round trips, and a WebSocket follows no redirect.",
                        evidence);
        return finding.fix("Configure clients with the final address: " + to);
    }
}
