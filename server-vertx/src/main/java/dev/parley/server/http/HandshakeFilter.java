package dev.parley.server.http;

import dev.parley.server.Handshake;
import java.util.Optional;

/** Decides whether a client may open a session. Called on a virtual thread of its own, once for each handshake; may block. */
@FunctionalInterface
public interface HandshakeFilter {
    /**
     * Returns why the client may not open a session, which it receives with code 4; empty if it may. An exception or an error refuses it too.
     */
    Optional<String> refusal(Handshake handshake);
}
