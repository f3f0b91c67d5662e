package dev.parley.doctor.report;

import dev.parley.doctor.rule.Cause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a browser's console shows for a cause, in the words of Chrome; the addresses are left out. Stateless. */
public final class BrowserText {
    private static final String CORS = "Access to XMLHttpRequest at '…' from origin '…' has been blocked by CORS policy: ";
    private static final String SOCKET = "WebSocket connection to '…' failed: ";
    private static final String UNEXPECTED = SOCKET
            + "Error during WebSocket handshake: Unexpected response code: ";
    private static final String POLL = "GET …/socket.io/?EIO=4&transport=polling ";
    private static final Map<Cause, String> TEXTS = texts();

    private BrowserText() {}

    /** Returns the text; empty if the console shows nothing of its own for the cause. */
    public static Optional<String> of(Cause cause) {
        return Optional.ofNullable(TEXTS.get(cause));
    }

    private static Map<Cause, String> texts() {
        var texts = new EnumMap<Cause, String>(Cause.class);
        String missing = CORS
                + "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
        texts.put(Cause.CORS_MISSING, missing);
        texts.put(Cause.CORS_LOST_ON_ERRORS, missing);
        texts.put(Cause.CORS_DOUBLED, CORS
                + "The 'Access-Control-Allow-Origin' header contains multiple values '…, …', but only one is allowed.");
        texts.put(Cause.CORS_WILDCARD_WITH_CREDENTIALS, CORS
                + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.");
        texts.put(Cause.CORS_PREFLIGHT_REFUSED, CORS
                + "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.");
        texts.put(Cause.NOT_FOUND, POLL + "404 (Not Found)");
        texts.put(Cause.WRONG_PATH, POLL + "404 (Not Found)");
        texts.put(Cause.ORIGIN_DOWN, POLL + "502 (Bad Gateway)");
        texts.put(Cause.REFUSED_BY_EDGE, POLL + "403 (Forbidden)");
        texts.put(Cause.CHALLENGED, POLL + "403 (Forbidden)");
        texts.put(Cause.CREDENTIALS_WANTED, POLL + "401 (Unauthorized)");
        texts.put(Cause.RATE_LIMITED, POLL + "429 (Too Many Requests)");
        texts.put(Cause.NO_AFFINITY,
                "POST …/socket.io/?EIO=4&transport=polling&sid=… 400 (Bad Request), with the body {\"code\":1,\"message\":\"Session ID unknown\"}");
        texts.put(Cause.PAYLOAD_LIMITED,
                "POST …/socket.io/?EIO=4&transport=polling&sid=… 413 (Request Entity Too Large)");
        texts.put(Cause.IDLE_CUT, "disconnect, with the reason \"transport close\" or \"transport error\"");
        texts.put(Cause.CONNECT_REFUSED, "connect_error, with the message of the server");
        texts.put(Cause.WEBSOCKET_REFUSED, UNEXPECTED + "…");
        texts.put(Cause.WEBSOCKET_HEADERS_LOST, UNEXPECTED + "400");
        texts.put(Cause.WEBSOCKET_OTHER_SERVER, UNEXPECTED + "400");
        texts.put(Cause.UPGRADE_ELSEWHERE, UNEXPECTED + "400");
        texts.put(Cause.WEBSOCKET_ACCEPT_WRONG,
                SOCKET + "Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value");
        texts.put(Cause.WEBSOCKET_ALTERED, SOCKET + "Invalid frame header");
        texts.put(Cause.WEBSOCKET_COMPRESSION_BROKEN, SOCKET + "Invalid frame header");
        texts.put(Cause.WEBSOCKET_CLOSED,
                SOCKET + "WebSocket is closed before the connection is established.");
        texts.put(Cause.HTTP_EXPECTED, "net::ERR_SSL_PROTOCOL_ERROR");
        texts.put(Cause.HTTPS_EXPECTED, "net::ERR_EMPTY_RESPONSE, or 400 (Bad Request)");
        texts.put(Cause.CLIENT_CERTIFICATE_WANTED, "net::ERR_BAD_SSL_CLIENT_AUTH_CERT, or 400 (Bad Request)");
        texts.put(Cause.TLS_INVALID, "net::ERR_CERT_… or net::ERR_SSL_…");
        texts.put(Cause.UNREACHABLE,
                "net::ERR_CONNECTION_REFUSED, net::ERR_NAME_NOT_RESOLVED or net::ERR_CONNECTION_TIMED_OUT");
        texts.put(Cause.MIXED_CONTENT,
                "Mixed Content: The page at '…' was loaded over HTTPS, but requested an insecure XMLHttpRequest endpoint '…'. This request has been blocked; the content must be served over HTTPS.");
        return texts;
    }
}
