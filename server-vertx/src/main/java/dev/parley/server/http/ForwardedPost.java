package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.server.http.node.ByteLimit;
import java.util.function.Consumer;

/**
 * Receives the body of a POST for a session of another server. It is complete before it is forwarded, since it is signed. Beyond the limit of all such bodies
 * the response is 503.
 */
record ForwardedPost(RequestSource source, ByteLimit bodies,
        Consumer<byte[]> then) implements PostBody.Receiver {
    private static final String FULL = "too many bodies wait for other servers";

    @Override
    public void started(Runnable invite, Runnable discard) {
        if (bodies.isExceeded()) {
            discard.run();
            source.told(EngineError.FORBIDDEN, FULL);
            Handshakes.unavailable(source.request());
        } else {
            invite.run();
        }
    }

    @Override
    public void refuse(EngineError error, String why) {
        source.refuse(error, why);
    }

    @Override
    public boolean held(int bytes) {
        bodies.add(bytes);
        boolean room = bytes <= 0 || !bodies.isExceeded();
        if (!room) {
            source.told(EngineError.FORBIDDEN, FULL);
        }
        return room;
    }

    @Override
    public void complete(byte[] body) {
        then.accept(body);
    }

    @Override
    public void lost() {}

    @Override
    public void rejected() {}
}
