package dev.parley.server;

/** Generates session ids in place of the server. Called once for each handshake, on event loops: it must not block. */
@FunctionalInterface
public interface SessionIdGenerator {
    /**
     * Returns the id of a new session. Whoever knows it can take the session over, so it must have at least 120 random bits. The server puts
     * its {@code nodeTag} in front.
     *
     * @return 20 to 100 letters, digits, {@code -} and {@code _}, never given before; anything else refuses the handshake
     */
    String next(Handshake handshake);
}
