package dev.parley.client;

import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of the JDK: one message for each packet. It requests the next frame once the receiver has returned. Its owner calls it from
 * one thread at a time; nothing blocks.
 */
final class WebSocketTransport {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Wire wire;
    private final Receiver receiver;
    private volatile boolean ended;
    private volatile @Nullable String loss;
    private volatile @Nullable WebSocket socket;

    /** Receives messages, one at a time. It may block to slow the server down. */
    interface Receiver {

        void text(WebSocketTransport from, String text);

        void binary(WebSocketTransport from, byte[] data);

        /** Nothing follows from this transport. */
        void lost(WebSocketTransport from, String reason);
    }

    WebSocketTransport(Wire wire, Receiver receiver) {
        this.wire = wire;
        this.receiver = receiver;
    }

    /** Opens the WebSocket. Messages may arrive before the returned future is complete. */
    CompletableFuture<WebSocket> open(URI uri, Duration timeout) {
        var builder = wire.http().newWebSocketBuilder().connectTimeout(timeout);
        wire.options().headers().forEach(builder::header);
        return within(timeout, builder.buildAsync(uri, new Incoming())).exceptionallyCompose(failure -> {
            if (cause(failure) instanceof WebSocketHandshakeException refused) {
                var response = refused.getResponse();
                String body = response.body() instanceof String text ? text : "";
                return CompletableFuture.failedFuture(ClientFailures.of(wire.address(), true,
                        response.statusCode(), response.headers(), body));
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    /** Writes packets in order. */
    CompletableFuture<?> write(List<EnginePacket> packets) {
        var open = socket;
        if (open == null) {
            return CompletableFuture.failedFuture(new IOException("not open"));
        }
        CompletableFuture<?> written = CompletableFuture.completedFuture(open);
        for (var packet : packets) {
            written = written.thenCompose(before -> within(wire.options().limits().send(),
                    packet instanceof EnginePacket.Binary binary
                            ? open.sendBinary(ByteBuffer.wrap(binary.data()), true)
                            : open.sendText(EngineCodec.encode(packet), true)));
        }
        return written;
    }

    /** Drops the connection at once. */
    void abort() {
        ended = true;
        var open = socket;
        if (open != null) {
            open.abort();
        }
    }

    /** Sends a close frame, as RFC 6455 requires; the future completes once it has left. */
    CompletableFuture<?> close() {
        ended = true;
        var open = socket;
        if (open == null) {
            return CompletableFuture.completedFuture(null);
        }
        return within(CLOSE_TIMEOUT, open.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                .whenComplete((sent, failure) -> open.abort());
    }

    private static <T> CompletableFuture<T> within(Duration timeout, CompletableFuture<T> result) {
        return result.copy()
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> {
                    if (cause(failure) instanceof TimeoutException) {
                        result.cancel(true);
                        return CompletableFuture.failedFuture(new HttpTimeoutException("no progress"));
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
                : failure;
    }

    /** Returns why the connection was lost, or {@code other} if it was not: a write that fails because of that loss has no reason of its own. */
    String lossOr(String other) {
        var known = loss;
        return known == null ? other : known;
    }

    private void lost(String reason) {
        if (!ended) {
            loss = reason;
            abort();
            receiver.lost(this, reason);
        }
    }

    /** Joins fragments and requests more. Called by one thread at a time. */
    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            if (ended) {
                opened.abort();
            } else {
                opened.request(1);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (fits(text.length() + data.length())) {
                text.append(data);
                if (last) {
                    String whole = text.toString();
                    text.setLength(0);
                    if (!ended) {
                        receiver.text(WebSocketTransport.this, whole);
                    }
                }
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (fits(binary.size() + data.remaining())) {
                byte[] part = new byte[data.remaining()];
                data.get(part);
                binary.writeBytes(part);
                if (last) {
                    byte[] whole = binary.toByteArray();
                    binary.reset();
                    if (!ended) {
                        receiver.binary(WebSocketTransport.this, whole);
                    }
                }
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            lost("transport close");
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            lost("transport error: " + ClientFailures.of(wire.address(), error).getMessage());
        }

        private boolean fits(int length) {
            if (length > wire.options().limits().messageBytes()) {
                lost("parse error: a message of the server is larger than "
                        + wire.options().limits().messageBytes() + " bytes");
                return false;
            }
            return true;
        }
    }
}
