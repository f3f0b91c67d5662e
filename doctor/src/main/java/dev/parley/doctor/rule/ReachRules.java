package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.software.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Concludes from DNS, TCP, TLS and redirects. */
final class ReachRules {

    private ReachRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        log.all(Evidence.Reach.class).forEach(reach -> reach(log, reach, findings));
        log.first(Evidence.Families.class).ifPresent(seen -> findings.add(families(seen)));
        log.first(Evidence.Reading.class).ifPresent(seen -> findings.add(read(seen)));
        log.first(Evidence.Redirected.class)
                .filter(seen -> !seen.hops().isEmpty())
                .ifPresent(seen -> findings.add(redirected(log, seen)));
        return findings;
    }

    private static Finding read(Evidence.Reading seen) {
        return Finding
                .note(Cause.URL_READ, "The URL has two readings: " + seen.chosen() + " was examined",
                        seen.found() ? "Only there a server of Socket.IO responds, or there first."
                                : "No server of Socket.IO responds to either reading.",
                        "the other reading: " + seen.other())
                .fix("Set --path or --namespace to choose.");
    }

    private static Finding families(Evidence.Families seen) {
        var finding = Finding.impaired(Cause.ADDRESSES_DIFFER,
                "The host answers at " + seen.works() + ", but not at " + seen.fails(),
                "The name has addresses of IPv4 and of IPv6, and only one of them accepts connections. Clients that try the other one first fail or wait.",
                seen.works() + " accepts a connection", seen.fails() + ": " + seen.failure().description())
                .fix(seen.loopback()
                        ? "Listen on both addresses, or use the address itself in place of the name: Node.js 17 and newer may try ::1 first for localhost."
                        : "Let the server listen on both addresses, or remove the DNS record of the one that does not answer.");
        return seen.loopback() ? finding.with(Severity.NOTE) : finding.with(Confidence.LIKELY);
    }

    private static void reach(EvidenceLog log, Evidence.Reach reach, List<Finding> findings) {
        if (reach.failure().isPresent()) {
            findings.add(instead(log, reach).orElseGet(() -> unreachable(reach, reach.failure().get())));
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
                // The doctor itself speaks HTTP/1.1 only.
                .filter(tls -> log.handshakeByPolling().isEmpty())
                .isPresent();
        if (stuck) {
            findings.add(Finding.impaired(Cause.NO_HTTP1, "HTTP/2 only, and without WebSocket",
                    "Browsers open a WebSocket over HTTP/1.1 unless the server announces extended CONNECT. Here neither works.",
                    "ALPN chose h2 even when only http/1.1 was offered, or refused; SETTINGS_ENABLE_CONNECT_PROTOCOL is not 1")
                    .fix("Offer http/1.1 in ALPN as well, or enable extended CONNECT (RFC 8441)."));
        }
    }

    /** Returns what the port speaks where TLS failed. */
    private static Optional<Finding> instead(EvidenceLog log, Evidence.Reach reach) {
        String where = reach.host() + " port " + reach.port();
        String failure = reach.failure().map(ConnectionFailure::description).orElse("");
        var protocol = log.first(Evidence.OtherProtocol.class)
                .map(seen -> ProtocolRules.instead(seen, where, failure));
        return protocol.or(() -> log.first(Evidence.OtherScheme.class)
                .filter(seen -> !seen.tls())
                .map(seen -> Finding.broken(Cause.HTTP_EXPECTED, where + " speaks HTTP without TLS",
                        "The URL begins with https:// or wss://, but this port does not use TLS. Browsers report ERR_SSL_PROTOCOL_ERROR.",
                        failure, seen.sign())
                        .fix("Use http:// for this port, or the port of the proxy that adds TLS; browsers need https:// for a page that is served by it.")));
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
            case TLS -> tls(reach, where, failure);
            case TLS_TIMEOUT -> Finding
                    .broken(Cause.TLS_INVALID,
                            where + " accepts connections, but does not answer the TLS handshake",
                            "The port is open, but the process behind it does not use TLS, or hangs.",
                            failure.description())
                    .fix("If the server does not use TLS, use http://. If https:// is correct, check whether the server hangs and which process listens on this port.")
                    .with(Confidence.LIKELY);
            case TIMEOUT, UNREACHABLE, CLOSED, NOT_HTTP, FRAME, HELD_BACK -> Finding.broken(Cause.UNREACHABLE,
                    where + " does not answer",
                    "Clients cannot connect: a firewall, a security group or a route drops the packets.",
                    failure.description())
                    .fix("Open the port in the firewall or security group, and check that the host is up.")
                    .with(Confidence.LIKELY);
        };
    }

    private static Finding alert(String where, ConnectionFailure failure) {
        return Finding.broken(Cause.TLS_INVALID, "TLS answers at " + where + " and refuses",
                "Browsers refuse the connection. The server speaks TLS, but knows no certificate for this name, has no version or cipher in common with the client, or wants a client certificate.",
                failure.description())
                .fix("Check that the server has a certificate for the name that clients use (not for its address), and that it enables TLS 1.2 or 1.3 with usual ciphers.")
                .with(Confidence.LIKELY);
    }

    private static Finding tls(Evidence.Reach reach, String where, ConnectionFailure failure) {
        if (isClientCertificate(failure)) {
            return ProtocolRules.clientCertificate(failure.description());
        }
        if (failure.detail().contains("protocol_version")) {
            return Finding
                    .broken(Cause.TLS_INVALID,
                            where + " accepts only versions of TLS that are no longer used",
                            "Browsers need TLS 1.2 or 1.3 and refuse the connection.", failure.description())
                    .fix("Enable TLS 1.2 and 1.3 on the server.");
        }
        if (failure.detail().contains("unrecognized_name")) {
            return Finding.broken(Cause.TLS_INVALID, where + " knows no certificate for " + reach.host(),
                    "The server chooses its certificate by the name that clients send (SNI), and does not know this one.",
                    failure.description())
                    .fix("Add the name to the server's configuration, or use a name that it has.");
        }
        return reach.certificate()
                .map(shown -> CertificateRules.evaluate(reach.host(), shown, failure))
                .orElseGet(() -> failure.isTlsAlert() ? alert(where, failure)
                        : Finding.broken(Cause.TLS_INVALID, "TLS with " + where + " fails",
                                "Browsers refuse the connection. The server sends no certificate, so it probably does not use TLS.",
                                failure.description())
                                .fix("If the server does not use TLS, use http://. Otherwise install a certificate for "
                                        + reach.host() + " with the full chain.")
                                .with(Confidence.LIKELY));
    }

    /** Only an alert of the server asks for one; the doctor's own complaint about the server's certificate has the same words. */
    static boolean isClientCertificate(ConnectionFailure failure) {
        return failure.isTlsAlert() && (failure.detail().contains("certificate_required")
                || failure.detail().contains("bad_certificate"));
    }

    private static Finding redirected(EvidenceLog log, Evidence.Redirected seen) {
        var hops = seen.hops();
        String to = hops.getLast().to();
        boolean losesPost = hops.stream().anyMatch(ReachRules::losesPost);
        // Without a response to the POST its status is guessed from that of the GET.
        boolean measured = hops.stream().anyMatch(hop -> hop.postStatus() > 0 && losesPost(hop));
        var evidence = hops.stream()
                .map(hop -> "GET " + hop.getStatus() + ", POST "
                        + (hop.postStatus() == 0 ? "without an answer" : String.valueOf(hop.postStatus()))
                        + " to " + hop.to())
                .toArray(String[]::new);
        if (isSlashToNothing(log)) {
            return slash(losesPost, to, evidence).with(Severity.BROKEN).with(Confidence.LIKELY);
        }
        if (log.handshake().isEmpty() && log.polling(4).isPresent()) {
            return Finding.broken(Cause.REDIRECTED, "Requests are redirected to an address without Socket.IO",
                    "A login page, a rule for host names or languages, or a redirect loop intercepts the requests of clients.",
                    evidence)
                    .fix("Exempt the path of Socket.IO from that redirect, or pass the required header with --header. If Socket.IO is at another address, examine that address.")
                    .with(Confidence.LIKELY);
        }
        if (hops.size() == 1 && isSlash(log.url(), to)) {
            var finding = slash(losesPost, to, evidence);
            return losesPost && !measured ? finding.with(Confidence.LIKELY) : finding;
        }
        var finding = losesPost ? Finding.broken(Cause.REDIRECTED,
                "Requests are redirected, and a redirect turns POST into GET",
                "A client with this address opens a session, but cannot send: its POSTs arrive as GETs. A WebSocket follows no redirect.",
                evidence)
                : Finding.impaired(Cause.REDIRECTED, "Requests are redirected",
                        "Each polling request takes two round trips, and a WebSocket follows no redirect.",
                        evidence);
        return (losesPost && !measured ? finding.with(Confidence.LIKELY) : finding)
                .fix("Configure clients with the final address: " + to);
    }

    /** Returns whether requests were redirected only to lose or gain a slash, and nothing is served there. */
    static boolean isSlashToNothing(EvidenceLog log) {
        return log.first(Evidence.Redirected.class)
                .filter(seen -> seen.hops().size() == 1 && isSlash(log.url(), seen.hops().getLast().to()))
                .isPresent() && isNotFound(log);
    }

    private static boolean isNotFound(EvidenceLog log) {
        return log.handshake().isEmpty() && log.polling(4)
                .map(Evidence.Polling::outcome)
                .filter(seen -> seen.hasStatus(404))
                .isPresent();
    }

    private static boolean losesPost(Evidence.Hop hop) {
        return hop.postStatus() > 0 ? hop.postStatus() >= 300 && hop.postStatus() < 307
                : hop.getStatus() < 307;
    }

    private static boolean isSlash(String from, String to) {
        return !from.equals(to) && from.replaceFirst("/$", "").equals(to.replaceFirst("/$", ""));
    }

    private static Finding slash(boolean losesPost, String to, String... evidence) {
        boolean without = !to.endsWith("/");
        var finding = Finding.impaired(Cause.SLASH_REDIRECTED,
                "Requests are redirected to the path " + (without ? "without" : "with")
                        + " a slash at its end",
                "Socket.IO asks for the path with a slash unless it is told otherwise. Each polling request takes two round trips, and a WebSocket follows no redirect"
                        + (losesPost
                                ? "; this redirect also turns POST into GET, so that clients cannot send."
                                : "."),
                evidence)
                .fix(without ? new Remedy(
                        "On server and client, with Socket.IO 4.6 or newer; or turn off the redirect of the framework (Next.js: skipTrailingSlashRedirect):",
                        List.of("addTrailingSlash: false"))
                        : Remedy.words(
                                "Use the path with a slash in the client, which is the default, or turn off the redirect."));
        return losesPost ? finding.with(Severity.BROKEN) : finding;
    }
}
