package dev.parley.server.http.node;

import dev.parley.server.engine.NodeRelay.Header;
import dev.parley.server.http.header.Authority;
import dev.parley.server.http.response.PollResponseTimeout;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A client's request that another server is to handle.
 *
 * @param context         in which the request is handled
 * @param tag             of that server
 * @param headers         that it needs
 * @param body            empty if the request has none
 * @param address         the client's IP address
 * @param secure          whether the client used TLS
 * @param deadline        until the head of the response
 * @param responseTimeout of the response to the client
 * @param released        called when the body is no longer held
 * @param sessionUnknown  called when the owner says that it has no such session
 * @param gone            responds that the session has ended, or asks another server for one
 * @param unknown         responds that there is no such session, or asks another server for one
 */
public record ForwardedRequest(HttpServerRequest request, ContextInternal context, String tag,
        List<Header> headers, byte[] body, String address, boolean secure, Duration deadline,
        PollResponseTimeout responseTimeout, Runnable released, Runnable sessionUnknown, Runnable gone,
        Runnable unknown) {
    /** What the owner of a session uses of a request. */
    private static final List<String> NEEDED = List.of("Origin", "Accept-Encoding", "Content-Type");
    private static final List<String> WEB_SOCKET = List.of("Sec-WebSocket-Key", "Sec-WebSocket-Version",
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions");
    /** RFC 9110, section 7.6.1, and what this server has handled. */
    private static final Set<String> OF_A_CONNECTION = Set.of("connection", "keep-alive", "proxy-connection",
            "te", "trailer", "transfer-encoding", "upgrade", "content-length", "expect", "http2-settings",
            "parley-node");

    /** Returns the headers for a request with a session id. */
    public static List<Header> headersOfSession(HttpServerRequest request, boolean upgrade) {
        var headers = new ArrayList<Header>(8);
        addHost(request, headers);
        add(request, NEEDED, headers);
        if (upgrade) {
            add(request, WEB_SOCKET, headers);
            addUpgrade(headers);
        }
        return headers;
    }

    /** Returns the headers for a handshake: all of them. */
    public static List<Header> headersOfHandshake(HttpServerRequest request, boolean upgrade) {
        var headers = new ArrayList<Header>();
        addHost(request, headers);
        request.headers().forEach((name, value) -> {
            if (!isOfAConnection(name) && !name.equalsIgnoreCase("Host")) {
                headers.add(new Header(name, value));
            }
        });
        if (upgrade) {
            addUpgrade(headers);
        }
        return headers;
    }

    /** RFC 9113, section 8.3.1: HTTP/2 has the authority in its place. */
    private static void addHost(HttpServerRequest request, List<Header> headers) {
        String host = Authority.of(request);
        if (host != null) {
            headers.add(new Header("Host", host));
        }
    }

    private static void add(HttpServerRequest request, List<String> names, List<Header> headers) {
        for (String name : names) {
            for (String value : request.headers().getAll(name)) {
                headers.add(new Header(name, value));
            }
        }
    }

    private static void addUpgrade(List<Header> headers) {
        headers.add(new Header("Connection", "Upgrade"));
        headers.add(new Header("Upgrade", "websocket"));
    }

    static boolean isOfAConnection(String header) {
        return OF_A_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    String method() {
        return request.method().name();
    }

    String uri() {
        return encoded(request.uri());
    }

    /** Encodes the bytes that are no ASCII, one of which each character stands for: a client would not send them as they are, and they are signed. */
    static String encoded(String uri) {
        if (uri.chars().allMatch(each -> each < 0x7f)) {
            return uri;
        }
        var encoded = new StringBuilder(uri.length() + 16);
        uri.chars()
                .forEach(each -> encoded
                        .append(each < 0x7f ? Character.toString(each) : "%%%02X".formatted(each & 0xff)));
        return encoded.toString();
    }

    /** Returns whether it is a poll of a session. */
    boolean isPoll() {
        return method().equals("GET") && uri().contains("sid=") && !isUpgrade();
    }

    boolean isUpgrade() {
        return headers.stream().anyMatch(header -> header.name().equals("Upgrade"));
    }
}
