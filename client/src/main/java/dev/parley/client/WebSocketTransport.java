package dev.parley.client;

import dev.parley.protocol.MalformedPacketException;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK: one frame a packet. The next frame is asked for when the former was delivered. */
final class WebSocketTransport implements Transport {
    private final Wire wire;
    private final Sink sink;
    private final Incoming incoming = new Incoming();
    private volatile boolean ended;
    private volatile @Nullable WebSocket socket;

    private WebSocketTransport(Wire wire, Sink sink) {
        this.wire = wire;
        this.sink = sink;
    }

    /** Opens one; what it receives goes to {@code sink} from now on, perhaps before this returns. */
    static WebSocketTransport open(Wire wire, URI uri, Sink sink, Duration timeout)
            throws InterruptedException {
        var transport = new WebSocketTransport(wire, sink);
        var builder = wire.http().newWebSocketBuilder().connectTimeout(timeout);
        wire.options().headers().forEach(builder::header);
        try {
            transport.socket = await(builder.buildAsync(uri, transport.incoming), timeout);
            return transport;
        } catch (WebSocketHandshakeException e) {
            var answer = e.getResponse();
            String body = answer.body() instanceof String text ? text : "";
            throw Failures.of(wire.address(), true, answer.statusCode(), answer.headers(), body);
        } catch (IOException e) {
            throw Failures.of(wire.address(), e);
        }
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public void send(List<EnginePacket> packets) throws IOException, InterruptedException {
        var open = socket;
        if (open == null) {
            throw new IOException("not open");
        }
        for (var packet : packets) {
            var sent = packet instanceof EnginePacket.Binary binary
                    ? open.sendBinary(ByteBuffer.wrap(binary.data()), true)
                    : open.sendText(EngineCodec.encode(packet), true);
            await(sent, wire.options().limits().send());
        }
    }

    @Override
    public void abort() {
        ended = true;
        var open = socket;
        if (open != null) {
            open.abort();
        }
    }

    /** Says good-bye as RFC 6455 has it, waiting a moment for it to leave. */
    void close() throws InterruptedException {
        ended = true;
        var open = socket;
        if (open != null) {
            try {
                await(open.sendClose(WebSocket.NORMAL_CLOSURE, ""), Duration.ofSeconds(1));
            } catch (IOException _gone) {
                open.abort();
            }
        }
    }

    private static <T> T await(CompletableFuture<T> result, Duration timeout)
            throws IOException, InterruptedException {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new HttpTimeoutException("no progress");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException(e.getCause());
        }
    }

    private void lost(String reason) {
        if (!ended) {
            ended = true;
            abort();
            sink.lost(this, reason);
        }
    }

    /** Puts fragments together and asks for more. Called by one thread at a time. */
    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (fits(text.length() + data.length())) {
                text.append(data);
                if (last) {
                    String whole = text.toString();
                    text.setLength(0);
                    deliver(from, whole);
                } else {
                    from.request(1);
                }
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
                    deliver(from, new EnginePacket.Binary(whole));
                } else {
                    from.request(1);
                }
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
            lost("transport error: " + Failures.of(wire.address(), error).getMessage());
        }

        private void deliver(WebSocket from, String frame) {
            try {
                deliver(from, EngineCodec.decode(frame));
            } catch (MalformedPacketException e) {
                lost("parse error: " + e.getMessage());
            }
        }

        private void deliver(WebSocket from, EnginePacket packet) {
            try {
                sink.received(WebSocketTransport.this, packet);
                from.request(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                lost("interrupted");
            }
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
