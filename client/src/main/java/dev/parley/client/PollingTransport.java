package dev.parley.client;

import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** HTTP long polling: at most one GET and one POST at a time. Its owner calls it from one thread at a time; nothing blocks. */
final class PollingTransport {
    private final Wire wire;
    private URI uri;
    private CompletableFuture<String> poll = new CompletableFuture<>();
    private CompletableFuture<String> post = new CompletableFuture<>();

    PollingTransport(Wire wire) {
        this.wire = wire;
        this.uri = wire.address().polling();
    }

    /** Requests a session within {@code timeout}. */
    CompletableFuture<String> handshake(Duration timeout) {
        poll = wire.get(uri, timeout);
        return poll;
    }

    /** Uses this session from now on. */
    void use(String sid) {
        uri = wire.address().polling(sid);
    }

    CompletableFuture<String> poll() {
        poll = wire.get(uri);
        return poll;
    }

    CompletableFuture<String> post(List<EnginePacket> packets) {
        post = wire.post(uri, EngineCodec.encodePayload(packets));
        return post;
    }

    /** Aborts what is pending. */
    void abort() {
        poll.cancel(true);
        post.cancel(true);
    }
}
