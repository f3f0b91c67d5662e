package dev.parley.server.http.websocket;

import dev.parley.protocol.engine.Framing;
import dev.parley.server.http.header.ListHeader;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.net.NetSocketInternal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Turns a request into a WebSocket: Vert.x answers the 101 and lets the connection go, and from then on its Netty pipeline is ours. Its own
 * handler goes too, and with it the request and four kilobytes a connection; so the session closes the connection, not the HTTP server.
 *
 * @param packetRate packets of a client that are read in a second, each KB counted as one more; 0 is without limit
 */
public record WebSocketUpgrade(int maxMessage, OptionalInt deflateFrom, Subprotocols subprotocols,
        int packetRate) {
    /** Of RFC 6455. */
    public static final String VERSION = "13";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** The headers of a successful handshake. */
    private static final List<String> HEADERS = List.of("Upgrade", "Connection", "Sec-WebSocket-Accept",
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions");
    /** Returns whether a key is sixteen bytes in base64: RFC 6455, section 4.2.1. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");
    // Looking for the provider takes longer than the digest.
    private static final MessageDigest SHA_1 = sha1();

    /** Returns whether the request is a valid WebSocket handshake of RFC 6455. */
    public boolean acceptable(HttpServerRequest request) {
        String key = request.getHeader("Sec-WebSocket-Key");
        return HttpMethod.GET.equals(request.method())
                && ListHeader.has(request.headers(), "Connection", "upgrade") && key != null
                && KEY.matcher(key).matches() && VERSION.equals(request.getHeader("Sec-WebSocket-Version"));
    }

    /** Fails if the client has left. */
    public Future<FrameHandler> perform(HttpServerRequest request, Framing framing) {
        if (request.response().closed()) {
            return Future.failedFuture("the client has left");
        }
        request.response()
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", accept(request.getHeader("Sec-WebSocket-Key")));
        subprotocols.choose(request.headers(), request.response().headers());
        var deflate = deflateFrom.isEmpty() ? Optional.<String>empty()
                : Optional.ofNullable(ListHeader.joined(request.headers(), "Sec-WebSocket-Extensions"))
                        .flatMap(DeflateOffer::agree);
        deflate.ifPresent(agreed -> request.response().putHeader("Sec-WebSocket-Extensions", agreed));
        var handler = new FrameHandler(framing, deflate.isPresent(), deflateFrom.orElse(Integer.MAX_VALUE),
                maxMessage, packetRate == 0 ? null : new FrameRate(packetRate, System::nanoTime));
        try {
            return request.toNetSocket().map(socket -> {
                var vertx = ((NetSocketInternal) socket).channelHandlerContext();
                vertx.pipeline().addBefore(vertx.name(), "websocket", handler);
                vertx.channel().config().setAutoRead(true);
                vertx.pipeline().remove(vertx.handler());
                return handler;
            });
        } catch (RuntimeException e) {
            // The caller responds with an error, which is no upgrade.
            HEADERS.forEach(name -> request.response().headers().remove(name));
            throw e;
        }
    }

    private static String accept(String key) {
        var sha1 = copyOfSha1();
        return Base64.getEncoder()
                .encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static MessageDigest copyOfSha1() {
        try {
            return (MessageDigest) SHA_1.clone();
        } catch (CloneNotSupportedException e) {
            return sha1();
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
