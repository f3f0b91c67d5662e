package dev.parley.server.http;

import dev.parley.protocol.engine.Framing;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.net.NetSocketInternal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into a WebSocket: Vert.x answers the 101 and lets the connection go, and from then on its Netty pipeline is ours. Its own
 * handler goes too, and with it the request and four kilobytes a connection; so the session closes the connection, not the HTTP server.
 */
record WebSocketUpgrade(int maxMessage, UnreadBudget budget, OptionalInt deflateFrom) {
    private static final int LEVEL = 6;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Whether the request is a WebSocket handshake as RFC 6455 has it. */
    boolean acceptable(HttpServerRequest request) {
        String connection = request.getHeader("Connection");
        String key = request.getHeader("Sec-WebSocket-Key");
        return HttpMethod.GET.equals(request.method()) && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade") && key != null
                && key.length() == 24 && "13".equals(request.getHeader("Sec-WebSocket-Version"));
    }

    Future<FrameHandler> perform(HttpServerRequest request, Framing framing) {
        request.response()
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", accept(request.getHeader("Sec-WebSocket-Key")));
        var deflate = deflate(request);
        if (deflate != null) {
            request.response().putHeader("Sec-WebSocket-Extensions", header(deflate.newReponseData()));
        }
        int threshold = deflate == null ? Integer.MAX_VALUE : deflateFrom.orElseThrow();
        return request.toNetSocket().map(socket -> {
            var vertx = ((NetSocketInternal) socket).channelHandlerContext();
            var handler = new FrameHandler(framing, threshold, maxMessage, budget.share());
            ChannelPipeline pipeline = vertx.pipeline();
            var config = WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(maxMessage)
                    .expectMaskedFrames(true)
                    .allowMaskMismatch(false)
                    .allowExtensions(deflate != null)
                    .closeOnProtocolViolation(false)
                    .withUTF8Validator(false)
                    .build();
            pipeline.addBefore(vertx.name(), "websocket-encoder", new WebSocket13FrameEncoder(false));
            pipeline.addBefore(vertx.name(), "websocket-unread", new UnreadCounter(handler));
            pipeline.addBefore(vertx.name(), "websocket-decoder", new WebSocket13FrameDecoder(config));
            if (deflate != null) {
                pipeline.addBefore(vertx.name(), "websocket-inflate", deflate.newExtensionDecoder());
                pipeline.addBefore(vertx.name(), "websocket-deflate", deflate.newExtensionEncoder());
            }
            pipeline.addBefore(vertx.name(), "websocket", handler);
            vertx.channel().config().setAutoRead(true);
            pipeline.remove(vertx.handler());
            return handler;
        });
    }

    /** What is agreed on compression with a client that offers it, or null. */
    private @Nullable WebSocketServerExtension deflate(HttpServerRequest request) {
        String offered = request.getHeader("Sec-WebSocket-Extensions");
        if (offered == null || deflateFrom.isEmpty()) {
            return null;
        }
        // A context kept between messages costs up to 300 KB a connection: neither side keeps one that the other lets go.
        var handshaker = new PerMessageDeflateServerExtensionHandshaker(LEVEL, true,
                PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE, true, true, maxMessage);
        for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(offered)) {
            var agreed = handshaker.handshakeExtension(offer);
            if (agreed != null) {
                return agreed;
            }
        }
        return null;
    }

    private static String header(WebSocketExtensionData agreed) {
        var header = new StringBuilder(agreed.name());
        agreed.parameters().forEach((name, value) -> {
            header.append("; ").append(name);
            if (value != null) {
                header.append('=').append(value);
            }
        });
        return header.toString();
    }

    private static String accept(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1")
                    .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(sha1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
