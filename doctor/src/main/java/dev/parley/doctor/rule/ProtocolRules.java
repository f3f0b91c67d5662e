package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.software.Platform;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Concludes from responses that are not those of Engine.IO: another protocol or scheme, or a component that wants something first. */
final class ProtocolRules {

    /** With or without the origin in front, by version. */
    private static final Pattern ORIGIN = Pattern.compile("(?i)\\bnot an accepted origin\\b");

    private ProtocolRules() {}

    /** Returns what stands in place of Socket.IO where there was no HTTP response. */
    static Optional<Finding> withoutResponse(EvidenceLog log, String shown) {
        var protocol = log.first(Evidence.OtherProtocol.class)
                .map(seen -> instead(seen, "This address", shown));
        return protocol.or(() -> log.first(Evidence.OtherScheme.class)
                .filter(Evidence.OtherScheme::tls)
                .map(seen -> https(shown, seen.sign())));
    }

    /** Returns what a response means that no Socket.IO server sends. */
    static Optional<Finding> of(EvidenceLog log, Response response, String shown) {
        String text = response.text();
        if (response.isOfTlsPort()) {
            return Optional.of(https(shown, "the server says that it expects HTTPS"));
        }
        if (response.status() == 400 && (text.contains("No required SSL certificate was sent")
                || text.contains("The SSL certificate error"))) {
            return Optional.of(clientCertificate(shown));
        }
        if (response.status() == 431 || response.status() == 414
                || (response.status() == 400 && text.contains("Request Header Or Cookie Too Large"))) {
            return Optional.of(Finding.broken(Cause.HEADERS_LIMITED,
                    "The request is refused because its head is too large",
                    "The cookies, the headers or the query of each request exceed the limit of a component.",
                    shown)
                    .fix(PlatformDetector.main(log) == Platform.NGINX
                            ? new Remedy("Shorten cookies and query (tokens belong in auth), or in nginx:",
                                    List.of("large_client_header_buffers 4 32k;"))
                            : Remedy.words(
                                    "Shorten cookies and query: tokens belong in the option auth, which travels in a body. Or raise the limit of the component that responds.")));
        }
        return challenge(response, shown).or(() -> credentials(response, shown))
                .or(() -> Optional.of(response)
                        .filter(seen -> seen.status() == 429)
                        .map(seen -> limited(shown, seen)))
                .or(() -> log.first(Evidence.OtherProtocol.class)
                        .map(seen -> instead(seen, "This address", shown)))
                .or(() -> python(response, shown));
    }

    private static Finding https(String shown, String sign) {
        return Finding
                .broken(Cause.HTTPS_EXPECTED, "This port speaks TLS",
                        "The URL begins with http:// or ws://, but this port expects https://.", shown, sign)
                .fix("Use https:// (wss://) in the URL of the clients.");
    }

    static Finding clientCertificate(String shown) {
        return Finding.broken(Cause.CLIENT_CERTIFICATE_WANTED, "The server wants a certificate of the client",
                "TLS works, but the server serves only clients with a certificate of their own. The doctor has none.",
                shown)
                .fix("If browsers should connect: make the certificate optional for the path of Socket.IO, and identify users by the option auth.");
    }

    private static Optional<Finding> challenge(Response response, String shown) {
        boolean said = response.headers().first("cf-mitigated").isPresent();
        boolean waf = response.headers().first("x-amzn-waf-action").isPresent();
        boolean page = response.isHtml() && (response.status() == 403 || response.status() == 503)
                && response.text().contains("Just a moment...");
        if (!said && !waf && !page) {
            return Optional.empty();
        }
        var finding = Finding.broken(Cause.CHALLENGED, "A bot challenge stands in front of the server",
                "The component wants a browser to run a script first. Requests of Socket.IO cannot do that; in a browser that has passed the challenge they may succeed.",
                shown,
                said ? "the header cf-mitigated"
                        : waf ? "the header x-amzn-waf-action" : "the page of a challenge")
                .fix("Exempt the path of Socket.IO from challenges (Cloudflare: a WAF rule with the action Skip).");
        return Optional.of(said ? finding : finding.with(Confidence.LIKELY));
    }

    private static Optional<Finding> credentials(Response response, String shown) {
        if (response.status() != 401 && response.status() != 407
                && response.headers().first("www-authenticate").isEmpty()) {
            return Optional.empty();
        }
        String scheme = response.headers()
                .first("www-authenticate")
                .map(value -> value.replaceFirst("[\\s,].*", ""))
                .orElse("");
        boolean basic = scheme.toLowerCase(Locale.ROOT).equals("basic");
        return Optional.of(Finding.broken(Cause.CREDENTIALS_WANTED,
                "The server wants credentials before the handshake",
                "The requests were sent without credentials that it accepts. Clients without them fail in the same way.",
                shown, scheme.isEmpty() ? "no WWW-Authenticate" : "WWW-Authenticate: " + scheme)
                .fix("Pass them to the doctor with --header \"Authorization: "
                        + (basic ? "Basic …" : "Bearer …")
                        + "\", or in the query. In clients: extraHeaders for polling; browsers set no header on a WebSocket, so the query, a cookie or the option auth must do."));
    }

    /** Returns the finding where the handshake itself is refused for now. */
    static Finding limited(String shown, Response response) {
        if (response.status() == 503) {
            return Finding.broken(Cause.RATE_LIMITED,
                    "The handshake is refused for now (503 with Retry-After)",
                    "A component asks clients to come back later: maintenance, an overload or a limit on requests. Nothing else was examined.",
                    shown, RateRules.wait(response))
                    .fix("Wait, then run the doctor again. If it stays so: look for a maintenance page or a limit of the component that responds.")
                    .with(Confidence.LIKELY);
        }
        return Finding
                .broken(Cause.RATE_LIMITED, "The handshake is refused: too many requests",
                        "A component limits requests and refused this one, so nothing else was examined.",
                        shown, RateRules.wait(response))
                .fix("Wait, then run the doctor again. If ordinary clients are refused: polling needs about two requests for each message, so raise the limit for the path of Socket.IO.");
    }

    private static Optional<Finding> python(Response response, String shown) {
        if (response.status() == 400 && ORIGIN.matcher(response.text()).find()) {
            return Optional.of(Finding.broken(Cause.REFUSED_BY_SERVER,
                    "The server does not accept the origin",
                    "This is the message of python-socketio: the page's origin is not among its allowed origins.",
                    shown)
                    .fix(new Remedy(
                            "Name the origin of the page on the server (behind a proxy, the proxy must also forward Host and X-Forwarded-Proto):",
                            List.of("socketio.Server(cors_allowed_origins=[\"https://your.page\"])"))));
        }
        if (response.status() == 400
                && response.text().contains("unsupported version of the Socket.IO or Engine.IO")) {
            return Optional.of(Finding.broken(Cause.REVISION_UNSUPPORTED,
                    "The server says that the client's version is unsupported",
                    "This is the message of python-socketio: client and server are of different generations, or the query (EIO=4) is lost on the way.",
                    shown)
                    .fix("Use python-socketio 5 or newer with clients of Socket.IO 3 and 4. If it is: check that the proxy forwards the query.")
                    .with(Confidence.LIKELY));
        }
        return Optional.empty();
    }

    /** Returns the finding for another protocol. */
    static Finding instead(Evidence.OtherProtocol seen, String where, String shown) {
        var finding = Finding.broken(Cause.OTHER_PROTOCOL,
                where + " speaks " + seen.name() + ", not Socket.IO",
                "Socket.IO is a protocol of its own: its clients cannot talk to servers of another one.",
                shown, seen.sign()).fix(client(seen.name()));
        return seen.name().equals("SSH") ? finding : finding.with(Confidence.LIKELY);
    }

    private static String client(String name) {
        return switch (name) {
            case "SSH" -> "This is the port of a login shell. Use the port of the Socket.IO server.";
            case "SignalR" ->
                "Use the client of SignalR (@microsoft/signalr), or the address of a Socket.IO server.";
            case "SockJS" ->
                "Use the client of SockJS (sockjs-client), or the address of a Socket.IO server.";
            case "GraphQL" -> "Use a client of GraphQL (graphql-ws), or the path of the Socket.IO server.";
            case "gRPC" -> "Use a client of gRPC, or the address of a Socket.IO server.";
            default -> "Use new WebSocket(url) in the page, or run a Socket.IO server at this address.";
        };
    }
}
